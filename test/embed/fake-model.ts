import { type BatchRunner } from '../../core/embed/run-batches.ts';

/** A model that knows nothing: hidden = [sum of ids, length], routing = [first id]; it may fail like a device without memory. */
export function fakeModel(
  options: { lanes?: number; mostTexts?: number; wait?: number } = {},
): BatchRunner & { runs: number[] } {
  const runs: number[] = [];
  return {
    lanes: options.lanes ?? 1,
    runs,
    async run(texts) {
      if (options.wait !== undefined) await new Promise((r) => setTimeout(r, options.wait));
      if (texts.length > (options.mostTexts ?? Infinity)) throw new Error('std::bad_alloc');
      runs.push(texts.length);
      return {
        hidden: Float32Array.from(texts.flatMap((t) => [t.reduce((s, id) => s + id, 0), t.length])),
        routing: Float32Array.from(texts.map((t) => t[0])),
        selected: new Float32Array(texts.length),
      };
    },
  };
}
