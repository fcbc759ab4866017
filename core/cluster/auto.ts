import type { ClusterParams } from './params.ts';

export interface Sizes {
  readonly minTopicSize: number;
  readonly minSamples: number;
  readonly why: string;
}

/** Sizes for n rows: what was asked for, or chosen from n where it says auto. */
export function chooseSizes(params: ClusterParams, rows: number): Sizes {
  const size =
    params.minTopicSize === 'auto'
      ? Math.max(5, Math.round(2 * Math.log2(Math.max(2, rows))))
      : params.minTopicSize;
  const samples = params.minSamples === 'auto' ? Math.max(1, Math.min(5, size)) : params.minSamples;
  return { minTopicSize: size, minSamples: samples, why: `chosen for ${rows} documents` };
}
