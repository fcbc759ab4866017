import { UsageError } from '../base/errors.ts';
import { row, type Matrix } from '../base/matrix.ts';
import type { StageContext } from '../base/progress.ts';
import type { Clusterer, Clustering } from '../stages.ts';
import { chooseSizes } from './auto.ts';
import { whySizes } from './why.ts';
import { inThread } from './engine-thread.ts';
import type { ClusterParams } from './params.ts';
import { checkPoints } from './points.ts';
import { renumberBySize } from './renumber.ts';

/** It compares all pairs and needs about half a minute for 4,000 rows. */
const mostRows = 5000;

/**
 * The library hdbscan-ts as it is: for comparison on small inputs. Its labels differ from the reference
 * implementation's (it calls more points outliers), and it knows neither selection nor epsilon.
 * @throws UsageError for more than 5,000 rows.
 */
export const hdbscanTs: Clusterer<ClusterParams> = { cluster };

async function cluster(input: Matrix, params: ClusterParams, context: StageContext): Promise<Clustering> {
  checkPoints(input);
  if (input.rows > mostRows)
    throw new UsageError(
      `The engine hdbscan-ts takes at most ${mostRows} documents, not ${input.rows}, because it compares all pairs; choose --clusterer hdbscan.`,
    );
  const { minTopicSize, minSamples } = chooseSizes(params, input.rows);
  const reasons = whySizes({ ...params, clusterer: 'hdbscan-ts' }, input.rows);
  context.onProgress({
    kind: 'progress',
    stage: 'cluster',
    fraction: 0,
    text: 'hdbscan-ts compares all pairs',
  });
  const rows = Array.from({ length: input.rows }, (_, r) => Array.from(row(input, r)));
  const result = await inThread<{ labels: number[]; probabilities: number[] }>(
    'hdbscan-ts',
    { rows, minClusterSize: minTopicSize, minSamples },
    context.signal,
  );
  const { labels, count } = fromZero(result.labels);
  renumberBySize(labels, count);
  context.onProgress({ kind: 'progress', stage: 'cluster', fraction: 1, text: 'Topics chosen' });
  return {
    labels,
    probabilities: Float64Array.from(labels, (l, i) => (l < 0 ? 0 : clamp(result.probabilities[i]))),
    outlierScores: new Float64Array(input.rows),
    condensedTree: null,
    recipe: { clusterer: 'hdbscan-ts', minTopicSize, minSamples, why: reasons.join(' '), reasons },
  };
}

/** The library's labels may leave numbers out. */
function fromZero(given: readonly number[]): { labels: Int32Array; count: number } {
  const names = new Map<number, number>();
  const labels = Int32Array.from(given, (l) => {
    if (l < 0) return -1;
    const known = names.get(l) ?? names.size;
    names.set(l, known);
    return known;
  });
  return { labels, count: names.size };
}

function clamp(p: number | undefined): number {
  return p === undefined || !(p >= 0) ? 0 : Math.min(1, p);
}
