import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import { onnxRuntime, openSession, sessionSettings } from '../onnx/session.ts';
import type { ModelCard } from '../stages.ts';

/** What a model computes for one text, token by token. */
export interface TokenStates {
  /** [tokens × hidden size], after the final norm. */
  readonly hidden: Matrix;
  /** Of each of the card's routers, [tokens × experts], before softmax. */
  readonly logits: readonly Matrix[];
}

/** A model folder's model.onnx, opened. */
export interface TokenModel {
  readonly card: ModelCard;
  /** Runs texts, given as token ids, as one batch padded on the right. */
  run(texts: readonly ArrayLike<number>[]): Promise<TokenStates[]>;
  close(): Promise<void>;
}

/** moetopic.json of a model folder. @throws ModelError where there is none. */
export async function readCard(folder: string): Promise<ModelCard> {
  try {
    return JSON.parse(await readFile(path.join(folder, 'moetopic.json'), 'utf8')) as ModelCard;
  } catch (cause) {
    throw new ModelError(
      `${folder} is no converted model (it has no readable moetopic.json); convert it again.`,
      {
        cause,
      },
    );
  }
}

/** Opens a converted model to look at single tokens (`trace`, tests); embedding uses pooled.onnx. */
export async function openTokenModel(
  folder: string,
  options: { threads: number; providers?: string[]; extra?: Record<string, unknown> },
): Promise<TokenModel> {
  const card = await readCard(folder);
  const ort = await onnxRuntime();
  const session = await openSession(path.join(folder, 'model.onnx'), {
    threads: options.threads,
    ...(options.providers ? { executionProviders: options.providers } : {}),
    ...sessionSettings(card),
    ...(options.extra ? { extra: options.extra } : {}),
  });
  return {
    card,
    async run(texts) {
      const tokens = Math.max(...texts.map((t) => t.length));
      const ids = new BigInt64Array(texts.length * tokens);
      const mask = new BigInt64Array(texts.length * tokens);
      texts.forEach((text, i) => {
        for (let j = 0; j < text.length; j++) {
          ids[i * tokens + j] = BigInt(text[j]);
          mask[i * tokens + j] = 1n;
        }
      });
      const shape = [texts.length, tokens];
      const out = await session.run({
        input_ids: new ort.Tensor('int64', ids, shape),
        attention_mask: new ort.Tensor('int64', mask, shape),
      });
      const part = (name: string, text: number, length: number): Matrix => {
        const { data, dims } = out[name];
        const columns = dims[2];
        const start = text * tokens * columns;
        return { data: (data as Float32Array).slice(start, start + length * columns), rows: length, columns };
      };
      return texts.map((text, i) => ({
        hidden: part('hidden', i, text.length),
        logits: card.routers.map((_, r) => part(`router_logits_${r}`, i, text.length)),
      }));
    },
    close: () => session.release(),
  };
}
