import path from 'node:path';
import type * as Ort from 'onnxruntime-node';
import { onnxRuntime, openSession, sessionSettings } from '../onnx/session.ts';
import { type ModelCard } from '../stages.ts';

/** Which model, where: plain values, so that they can be sent to a thread. */
export interface SessionPlace {
  readonly folder: string;
  readonly card: Pick<ModelCard, 'precision' | 'parameters'>;
  readonly device: string;
  /** Threads of a single run. */
  readonly threads: number;
}

/** pooled.onnx' inputs for texts padded to a common width, each [texts × width]. */
export interface PooledInputs {
  readonly ids: BigInt64Array;
  readonly mask: BigInt64Array;
  readonly weights: Float32Array;
  readonly shape: readonly [texts: number, width: number];
}

/** pooled.onnx' outputs by their names. */
export type PooledOutputs = Readonly<Record<string, Float32Array>>;

/** Runs pooled.onnx: in this thread, or on others. */
export interface PooledSession {
  run(inputs: PooledInputs): Promise<PooledOutputs>;
  close(): Promise<void>;
}

/** A session in this thread, which it blocks while it runs: ONNX Runtime's `run` is a promise in name only. */
export async function openHere({ folder, card, device, threads }: SessionPlace): Promise<PooledSession> {
  const ort = await onnxRuntime();
  const session = await openSession(path.join(folder, 'pooled.onnx'), {
    threads,
    executionProviders: [device],
    // Shapes change from batch to batch: a memory plan for each of them would pile up.
    enableMemPattern: false,
    ...sessionSettings(card, device),
  });
  return {
    run: async (inputs) => outputsOf(await session.run(feedsOf(ort, inputs))),
    close: () => session.release(),
  };
}

function feedsOf(
  { Tensor }: typeof Ort,
  { ids, mask, weights, shape }: PooledInputs,
): Ort.InferenceSession.FeedsType {
  return {
    input_ids: new Tensor('int64', ids, shape),
    attention_mask: new Tensor('int64', mask, shape),
    pooling_weights: new Tensor('float32', weights, shape),
  };
}

function outputsOf(out: Ort.InferenceSession.ReturnType): PooledOutputs {
  return Object.fromEntries(Object.entries(out).map(([name, { data }]) => [name, data as Float32Array]));
}
