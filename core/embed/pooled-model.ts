import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../base/errors.ts';
import { type ModelCard } from '../stages.ts';
import { openHere, type PooledSession } from './pooled-session.ts';
import { type Pooling, poolingWeights } from './pooling.ts';
import { SessionThreads } from './session-threads.ts';

/** One text's pooled outputs, side by side in the arrays below: row i belongs to text i. */
export interface PooledBatch {
  readonly hidden: Float32Array;
  /** Probabilities or logits over all experts; empty for a dense model. */
  readonly routing: Float32Array;
  /** 1 where an expert was chosen, averaged over the tokens; empty for a dense model. */
  readonly selected: Float32Array;
}

export type RoutingKind = 'probabilities' | 'logits';

/** Models above this run one batch at a time on all threads; smaller ones run a batch on each thread, which wastes no time on waiting. */
const smallModelBytes = 512 * 1024 * 1024;

/** More cores work together on each batch. */
const mostLanes = 8;

/**
 * What a lane of a small model holds: packed weights and a batch's activations (measured: 93 MB for the bundled model's 26 MB). Memory limits the lanes
 * rather than the batches, so that batches, and with them the last digits, don't depend on the threads.
 */
const laneBytes = (weights: number): number => 64e6 + 2 * weights;

/** A model folder's pooled.onnx on a device. */
export class PooledModel {
  private readonly running = new Set<Promise<unknown>>();

  private constructor(
    readonly card: ModelCard,
    readonly device: string,
    /** Batches that may run at the same time. */
    readonly lanes: number,
    private readonly session: PooledSession,
  ) {}

  /** @throws ModelError when ONNX Runtime can't open it there. */
  static async open(folder: string, card: ModelCard, device: string, threads: number): Promise<PooledModel> {
    const { precision, parameters } = card;
    const weights = await dataBytes(folder);
    const small = device === 'cpu' && weights < smallModelBytes;
    const fitting = Math.floor(process.availableMemory() / 4 / laneBytes(weights));
    const lanes = small ? Math.max(1, Math.min(threads, mostLanes, fitting)) : 1;
    const place = {
      folder,
      card: { precision, parameters },
      device,
      threads: Math.max(1, Math.floor(threads / lanes)),
    };
    try {
      // On other devices a thread would only wait.
      const session = device === 'cpu' ? await SessionThreads.open(place, lanes) : await openHere(place);
      return new PooledModel(card, device, lanes, session);
    } catch (cause) {
      throw new ModelError(`${folder} can't be opened on ${device}: ${firstLine(cause)}`, { cause });
    }
  }

  /** Runs texts (token ids, special tokens included), padded on the right to the longest. A row depends on its own text alone. */
  async run(texts: readonly Int32Array[], pooling: Pooling, kind: RoutingKind): Promise<PooledBatch> {
    const width = texts.reduce((most, t) => Math.max(most, t.length), 1);
    const size = texts.length * width;
    // int64 in little-endian halves: the upper ones stay 0.
    const ids = new Int32Array(2 * size);
    const mask = new Int32Array(2 * size);
    const weights = new Float32Array(size);
    for (const [i, text] of texts.entries()) {
      for (let t = 0; t < text.length; t++) {
        ids[2 * (i * width + t)] = text[t];
        mask[2 * (i * width + t)] = 1;
      }
      poolingWeights(pooling, text.length, weights.subarray(i * width, (i + 1) * width));
    }
    const run = this.session.run({
      ids: new BigInt64Array(ids.buffer),
      mask: new BigInt64Array(mask.buffer),
      weights,
      shape: [texts.length, width],
    });
    this.running.add(run);
    const out = await run.finally(() => this.running.delete(run));
    const get = (name: string): Float32Array => out[name] ?? new Float32Array(0);
    return {
      hidden: get('pooled_hidden'),
      routing: get(kind === 'logits' ? 'pooled_logits' : 'pooled_probabilities'),
      selected: get('pooled_selected'),
    };
  }

  /** Waits for runs that were abandoned by a cancel: native code can't be stopped in the middle. */
  async close(): Promise<void> {
    await Promise.allSettled(this.running);
    await this.session.close();
  }
}

async function dataBytes(folder: string): Promise<number> {
  return stat(path.join(folder, 'model.onnx.data')).then(
    (s) => s.size,
    () => 0,
  );
}

export function firstLine(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.split('\n')[0];
}
