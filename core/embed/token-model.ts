import path from 'node:path';
import type * as Ort from 'onnxruntime-node';
import { ModelError } from '../base/errors.ts';
import { type Matrix } from '../base/matrix.ts';
import { onnxRuntime, openSession, sessionSettings } from '../onnx/session.ts';
import { type ModelCard } from '../stages.ts';
import { firstLine } from './pooled-model.ts';

/** What a model computes for one text, token by token. */
export interface TokenStates {
  /** [tokens × hiddenSize], after the final norm. */
  readonly hidden: Matrix;
  /** One a router, in the card's order: [tokens × experts], raw. */
  readonly logits: readonly Matrix[];
}

/** A model folder's model.onnx on the CPU: single texts, to look at rather than to embed. */
export class TokenModel {
  private constructor(
    readonly card: ModelCard,
    private readonly ort: typeof Ort,
    private readonly session: Ort.InferenceSession,
  ) {}

  /** @throws ModelError when ONNX Runtime can't open it. */
  static async open(folder: string, card: ModelCard, threads: number): Promise<TokenModel> {
    try {
      const session = await openSession(path.join(folder, 'model.onnx'), {
        threads,
        enableMemPattern: false,
        ...sessionSettings(card),
      });
      return new TokenModel(card, await onnxRuntime(), session);
    } catch (cause) {
      throw new ModelError(`${folder} can't be opened: ${firstLine(cause)}`, { cause });
    }
  }

  async run(ids: Int32Array): Promise<TokenStates> {
    const { Tensor } = this.ort;
    const shape = [1, ids.length];
    const out = await this.session.run({
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
      attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
    });
    const matrix = (name: string, columns: number): Matrix => ({
      data: out[name].data as Float32Array,
      rows: ids.length,
      columns,
    });
    return {
      hidden: matrix('hidden', this.card.hiddenSize),
      logits: this.card.routers.map((r, i) => matrix(`router_logits_${i}`, r.experts)),
    };
  }

  async close(): Promise<void> {
    await this.session.release();
  }
}
