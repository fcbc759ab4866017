import { breathe, type StageContext } from '../base/progress.ts';
import { throwIfCancelled } from '../base/errors.ts';
import { type Matrix, row, zeros } from '../base/matrix.ts';
import { EmbeddingCache, textHash } from './cache.ts';
import { encodeText, type EncodeOptions } from './encode-text.ts';
import { type ModelHandle } from './open-model.ts';
import { type Pooling } from './pooling.ts';
import { type RoutingKind } from './pooled-model.ts';
import { ProgressMeter } from './progress-meter.ts';
import { runBatches } from './run-batches.ts';
import { tokenBudget } from './token-budget.ts';

export interface PoolOptions extends EncodeOptions {
  readonly pooling: Pooling;
  readonly rw: RoutingKind;
  /** Everything that a row depends on but its text; null keeps nothing on disk. */
  readonly cacheKey: unknown;
}

/** Pooled outputs of texts, rows lined up with them; an empty text's are zeros. */
export interface PooledTexts {
  readonly hidden: Matrix;
  readonly routing: Matrix;
  readonly tokens: Int32Array;
  readonly truncated: Uint8Array;
}

/** Texts are tokenised and sorted by length this many at a time, so that memory doesn't grow with the corpus. */
const slab = 16_384;

/** Pools every text once: repeated ones share a row, and rows of an earlier run come from the cache. */
export async function poolTexts(
  handle: ModelHandle,
  texts: readonly string[],
  options: PoolOptions,
  context: StageContext,
): Promise<PooledTexts> {
  const { card } = handle;
  const width = card.routers.reduce((sum, r) => sum + r.experts, 0);
  const out: PooledTexts = {
    hidden: zeros(texts.length, card.hiddenSize),
    routing: zeros(texts.length, width),
    tokens: new Int32Array(texts.length),
    truncated: new Uint8Array(texts.length),
  };
  const places = await placesByText(texts, context);
  const meter = new ProgressMeter(texts.length, context);
  const store = (hash: string, values: Float32Array, tokens: number, truncated: boolean): void => {
    const rows = places.get(hash);
    if (rows === undefined) return;
    for (const r of rows) {
      row(out.hidden, r).set(values.subarray(0, card.hiddenSize));
      row(out.routing, r).set(values.subarray(card.hiddenSize));
      out.tokens[r] = tokens;
      out.truncated[r] = truncated ? 1 : 0;
    }
    places.delete(hash);
    meter.add(rows.length, tokens);
  };

  const cache =
    options.cacheKey === null ? null : await EmbeddingCache.open(options.cacheKey, card.hiddenSize + width);
  try {
    await cache?.read((hash, kept) => store(hash, kept.row, kept.tokens, kept.truncated));
    meter.cached();
    // By first document, so that the work's order doesn't depend on what was kept.
    const missing = [...places].map(([hash, rows]) => ({ hash, first: rows[0] }));
    for (let from = 0; from < missing.length; from += slab)
      await poolSlab(handle, texts, missing.slice(from, from + slab), options, context, async (done) => {
        await cache?.append(
          done.map(({ hash, values, tokens, truncated }) => ({
            hash,
            row: { row: values, tokens, truncated },
          })),
        );
        for (const d of done) store(d.hash, d.values, d.tokens, d.truncated);
        meter.report();
      });
  } finally {
    await cache?.close();
  }
  return out;
}

/** Documents by their text's hash, empty ones left out. */
async function placesByText(texts: readonly string[], context: StageContext): Promise<Map<string, number[]>> {
  const places = new Map<string, number[]>();
  for (const [i, text] of texts.entries()) {
    if (i % 4096 === 4095) {
      await breathe();
      throwIfCancelled(context.signal);
    }
    if (text.trim() === '') continue;
    const hash = textHash(text);
    const known = places.get(hash);
    if (known === undefined) places.set(hash, [i]);
    else known.push(i);
  }
  return places;
}

interface DoneText {
  readonly hash: string;
  /** [hidden ‖ routing] */
  readonly values: Float32Array;
  readonly tokens: number;
  readonly truncated: boolean;
}

async function poolSlab(
  handle: ModelHandle,
  texts: readonly string[],
  missing: readonly { hash: string; first: number }[],
  options: PoolOptions,
  context: StageContext,
  onDone: (done: readonly DoneText[]) => Promise<void>,
): Promise<void> {
  // It opens on another thread while this one tokenises.
  const opening = handle.open();
  opening.catch(() => undefined);
  const sequences: Int32Array[] = [];
  /** Of each sequence: whose it is and which chunk. */
  const owner: number[] = [];
  const documents: { chunks: (Float32Array | null)[]; lengths: number[]; truncated: boolean }[] = [];
  for (const [d, { first }] of missing.entries()) {
    if (d % 256 === 255) {
      await breathe();
      throwIfCancelled(context.signal);
    }
    const { chunks, truncated } = encodeText(handle.tokeniser, texts[first], options);
    documents.push({ chunks: chunks.map(() => null), lengths: chunks.map((c) => c.length), truncated });
    for (const ids of chunks) {
      sequences.push(ids);
      owner.push(d);
    }
  }
  const firstSequence = new Int32Array(missing.length);
  for (let s = sequences.length - 1; s >= 0; s--) firstSequence[owner[s]] = s;

  const { model } = await opening;
  const budget = tokenBudget(handle.card, model.device);
  const { pooling, rw } = options;
  const hidden = handle.card.hiddenSize;
  await runBatches(
    model,
    sequences,
    { pooling, rw, budget, signal: context.signal },
    async (items, batch) => {
      const routing = batch.routing.length / items.length;
      const done: DoneText[] = [];
      for (const [i, s] of items.entries()) {
        const values = new Float32Array(hidden + routing);
        values.set(batch.hidden.subarray(i * hidden, (i + 1) * hidden));
        values.set(batch.routing.subarray(i * routing, (i + 1) * routing), hidden);
        const document = documents[owner[s]];
        document.chunks[s - firstSequence[owner[s]]] = values;
        if (document.chunks.includes(null)) continue;
        done.push({
          hash: missing[owner[s]].hash,
          values: average(document.chunks as Float32Array[], document.lengths),
          tokens: document.lengths.reduce((sum, n) => sum + n, 0),
          truncated: document.truncated,
        });
        document.chunks.length = 0;
      }
      if (done.length > 0) await onDone(done);
    },
  );
}

/** Chunks' rows weighted by their tokens, added up in the text's order. */
function average(chunks: readonly Float32Array[], lengths: readonly number[]): Float32Array {
  if (chunks.length === 1) return chunks[0];
  const total = lengths.reduce((sum, n) => sum + n, 0);
  const out = new Float32Array(chunks[0].length);
  for (const [i, chunk] of chunks.entries())
    for (let c = 0; c < out.length; c++) out[c] += (chunk[c] * lengths[i]) / total;
  return out;
}
