import { chooseSizes } from './auto.ts';
import { whyTopics } from './kmeans.ts';
import type { ClusterParams } from './params.ts';

/** A sentence for each size that the engine works with on so many rows, and for how it selects topics where it has a choice. */
export function whySizes(params: ClusterParams, rows: number): string[] {
  switch (params.clusterer) {
    case 'none':
      return [];
    case 'kmeans':
      return [whyTopics(params, rows)];
    case 'hdbscan':
      return [...chooseSizes(params, rows).reasons];
    // It has no other selection than its own.
    case 'hdbscan-ts':
      return chooseSizes(params, rows).reasons.filter((reason) => !reason.startsWith('Selection'));
  }
}
