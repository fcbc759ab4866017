import type * as Ort from 'onnxruntime-node';

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
