import { throwIfCancelled } from '../base/errors.ts';
import { type StageContext } from '../base/progress.ts';
import { type ModelCard } from '../stages.ts';
import { findModelFolder, readCard } from './model-folder.ts';
import { type NamedTensor, writeSafetensors } from './safetensors.ts';
import { TokenModel, type TokenStates } from './token-model.ts';
import { openTokeniser } from './tokenise.ts';

/** A text as the model reads it, and what its layers and routers make of every token. */
export interface Trace extends TokenStates {
  readonly text: string;
  readonly ids: Int32Array;
  /** Each token as it is written in the vocabulary. */
  readonly pieces: readonly string[];
}

export interface TraceOptions {
  /** Most tokens of a text; by default the whole text, as far as the model has positions. */
  readonly maxTokens?: number;
}

/**
 * Hidden states and router logits of every token, text by text, without prompt or prefix.
 * @throws ModelError for a model that can't be opened.
 */
export async function traceTexts(
  model: string,
  texts: readonly string[],
  context: StageContext,
  options: TraceOptions = {},
): Promise<{ card: ModelCard; traces: Trace[] }> {
  const folder = findModelFolder(model);
  const card = await readCard(folder);
  const tokeniser = await openTokeniser(folder);
  // The reference reads a text whole, whatever length the model was trained for, where its positions go on.
  const most = card.unbounded ? Infinity : card.maxTokens;
  const tokens = await TokenModel.open(folder, card, context.threads);
  const traces: Trace[] = [];
  try {
    for (const [i, text] of texts.entries()) {
      throwIfCancelled(context.signal);
      const { ids } = tokeniser.encode(text, Math.min(options.maxTokens ?? Infinity, most));
      traces.push({ text, ids, pieces: tokeniser.pieces(ids), ...(await tokens.run(ids)) });
      context.onProgress({
        kind: 'progress',
        stage: 'embed',
        fraction: (i + 1) / texts.length,
        text: `${i + 1} of ${texts.length} texts traced`,
      });
    }
  } finally {
    await tokens.close();
  }
  return { card, traces };
}

/** Writes traces as `moetopic trace` does: `ids.i` [T] int32, `hidden.i` [T, H] and, for a model with routers, `router_logits.i` [routers, T, experts] float32. */
export async function writeTraces(file: string, traces: readonly Trace[]): Promise<void> {
  const tensors: NamedTensor[] = [];
  for (const [i, t] of traces.entries()) {
    const length = t.ids.length;
    tensors.push({ name: `ids.${i}`, shape: [length], data: t.ids });
    tensors.push({ name: `hidden.${i}`, shape: [length, t.hidden.columns], data: t.hidden.data });
    if (t.logits.length > 0) tensors.push({ name: `router_logits.${i}`, ...stackLogits(t) });
  }
  await writeSafetensors(file, tensors, { texts: JSON.stringify(traces.map((t) => t.text)) });
}

/** Routers of one model may differ in size; experts that a smaller one hasn't got are −∞, which softmax takes for 0. */
function stackLogits({ logits, ids }: Trace): Pick<NamedTensor, 'shape' | 'data'> {
  const experts = logits.reduce((most, l) => Math.max(most, l.columns), 0);
  const data = new Float32Array(logits.length * ids.length * experts).fill(-Infinity);
  for (const [r, l] of logits.entries())
    for (let t = 0; t < l.rows; t++)
      data.set(l.data.subarray(t * l.columns, (t + 1) * l.columns), (r * ids.length + t) * experts);
  return { shape: [logits.length, ids.length, experts], data };
}
