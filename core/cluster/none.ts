import type { Matrix } from '../base/matrix.ts';
import type { Clusterer, Clustering } from '../stages.ts';
import type { ClusterParams } from './params.ts';
import { checkPoints } from './points.ts';

/** No clustering: every row belongs to the one topic 0. */
export const none: Clusterer<ClusterParams> = {
  cluster: async (input: Matrix): Promise<Clustering> => {
    checkPoints(input);
    return {
      labels: new Int32Array(input.rows),
      probabilities: new Float64Array(input.rows).fill(1),
      outlierScores: new Float64Array(input.rows),
      condensedTree: null,
      recipe: { clusterer: 'none' },
    };
  },
};
