import { throwIfCancelled, UsageError } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import { Random } from '../base/random.ts';
import type { Clusterer, Clustering } from '../stages.ts';
import { Lloyd } from './lloyd.ts';
import type { ClusterParams } from './params.ts';
import { checkPoints } from './points.ts';
import { renumberBySize } from './renumber.ts';
import { seedCentres } from './seed-centres.ts';

const mostRounds = 300;

/**
 * k-means (Lloyd 1982) from k-means++ seeds (Arthur & Vassilvitskii 2007), the best of five starts (of two
 * where one is long). Every row gets a
 * topic; its probability is d₂ / (d₁ + d₂) for the distances to its own and to the next centre.
 * @throws UsageError when more topics than rows are asked for.
 */
export const kmeans: Clusterer<ClusterParams> = { cluster };

/** As many topics as half the square root of the documents: 10 for 400, 70 for 20,000, 500 for a million. */
export function chooseTopics(rows: number): number {
  return Math.min(rows, Math.max(2, Math.round(Math.sqrt(rows) / 2)));
}

export function whyTopics({ topics }: ClusterParams, rows: number, k = chooseTopics(rows)): string {
  if (topics !== 'auto') return `Topics ${topics}: as asked for.`;
  return `Topics ${k}: half the square root of ${rows.toLocaleString('en')} documents.`;
}

async function cluster(input: Matrix, params: ClusterParams, context: StageContext): Promise<Clustering> {
  checkPoints(input);
  const k = params.topics === 'auto' ? chooseTopics(input.rows) : params.topics;
  if (k > input.rows)
    throw new UsageError(
      `k-means can't make ${k} topics of ${input.rows} documents; ask for at most ${input.rows} with --topics.`,
    );
  const starts = input.data.length * k > 2e8 ? 2 : 5;
  let best: Lloyd | null = null;
  for (let start = 0; start < starts; start++) {
    const random = new Random(context.seed).fork(`kmeans ${start}`);
    const lloyd = new Lloyd(input, await seedCentres(input, k, random, context.signal));
    for (let round = 0; round < mostRounds; round++) {
      context.onProgress({
        kind: 'progress',
        stage: 'cluster',
        fraction: (start + round / mostRounds) / starts,
        text: `k-means, start ${start + 1} of ${starts}, round ${round + 1}`,
      });
      let moved = 0;
      for (let from = 0; from < input.rows;) {
        throwIfCancelled(context.signal);
        const to = Math.min(input.rows, from + lloyd.slice);
        moved += lloyd.assign(from, to);
        from = to;
        await breathe();
      }
      if (moved === 0) break;
      lloyd.moveCentres();
    }
    await inSlices(input.rows, lloyd.slice, context, (from, to) => lloyd.measure(from, to));
    if (best === null || lloyd.inertia < best.inertia) best = lloyd;
  }
  const { labels, probabilities, inertia } = best as Lloyd;
  const names = compact(labels, k);
  renumberBySize(labels, names);
  context.onProgress({ kind: 'progress', stage: 'cluster', fraction: 1, text: 'Topics chosen' });
  return {
    labels,
    probabilities,
    outlierScores: new Float64Array(input.rows),
    condensedTree: null,
    recipe: {
      clusterer: 'kmeans',
      topics: k,
      starts,
      inertia,
      why: whyTopics(params, input.rows, k),
      reasons: [whyTopics(params, input.rows, k)],
    },
  };
}

/** Works through the rows and looks at the cancel signal after each slice. */
async function inSlices(
  rows: number,
  slice: number,
  context: StageContext,
  work: (from: number, to: number) => void,
): Promise<void> {
  for (let from = 0; from < rows; from += slice) {
    throwIfCancelled(context.signal);
    work(from, Math.min(rows, from + slice));
    await breathe();
  }
}

/** Renames labels so that none is left out (equal rows can leave centres without any); returns how many there are. */
function compact(labels: Int32Array, k: number): number {
  const names = new Int32Array(k).fill(-1);
  let count = 0;
  for (let i = 0; i < labels.length; i++) {
    if (names[labels[i]] < 0) names[labels[i]] = count++;
    labels[i] = names[labels[i]];
  }
  return count;
}
