import type * as Ort from 'onnxruntime-node';
import type { ModelCard } from '../stages.ts';

/** ONNX Runtime, loaded when it is first needed: it is 50 MB of native code that listing or exporting topics can do without. */
export async function onnxRuntime(): Promise<typeof Ort> {
  const module = (await import('onnxruntime-node')) as typeof Ort & { default?: typeof Ort };
  return module.default ?? module;
}

export interface SessionOptions extends Ort.InferenceSession.SessionOptions {
  threads: number;
}

/** Opens a model given as a path (external data is then memory-mapped) or as bytes. */
export async function openSession(
  model: string | Uint8Array,
  options: SessionOptions,
): Promise<Ort.InferenceSession> {
  const ort = await onnxRuntime();
  const { threads, ...rest } = options;
  const settings: Ort.InferenceSession.SessionOptions = {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    logSeverityLevel: 3,
    ...rest,
  };
  return typeof model === 'string'
    ? ort.InferenceSession.create(model, settings)
    : ort.InferenceSession.create(model, settings);
}

/** Above this many parameters unpacked weights are the smaller evil. */
const largeModel = 1e9;

/**
 * ONNX Runtime's settings for a model. Weights of an int4 or a large model stay in the mapped file, where prepacking would copy and
 * widen them (measured: 192 MiB of int4 experts took 640 MB more and 11 s to load; a layer of OLMoE at int8 0.2 s, so 16 of them
 * would take too long, and products in planes are as fast without as those in one piece are with it). The graph of a large int8 model
 * on the CPU (18,000 nodes) is written as it is to run: looking for what to fuse takes longer than the rest of opening it (measured: 2.4 s
 * with, 1.1 s without, and no slower afterwards). So x64quantprecision does nothing for it: on x86 CPUs without VNNI sums of products are cut off at 16 bits
 * now and then, which matters less than int8 itself (measured, four layers of OLMoE's size: rows' cosine to exact ones 0.9996, where the optimiser would
 * take 23 s longer to open and hold all weights twice).
 */
export function sessionSettings(
  card: Pick<ModelCard, 'precision' | 'parameters'>,
  device = 'cpu',
): Ort.InferenceSession.SessionOptions {
  const large = card.parameters.total > largeModel;
  // Products of uint8 and int8 overflow in the 16 bits of x86 CPUs without VNNI (fixtures' cosine fell from 0.995 to 0.935); this has ONNX Runtime
  // compute them exactly there, and changes nothing elsewhere.
  const session: Record<string, string> = { x64quantprecision: '1' };
  if (card.precision === 'int4' || large) session.disable_prepacking = '1';
  const asWritten = large && card.precision === 'int8' && device === 'cpu';
  return { ...(asWritten ? { graphOptimizationLevel: 'disabled' } : {}), extra: { session } };
}
