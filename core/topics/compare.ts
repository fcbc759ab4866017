import { labelScores, type LabelScores } from './evaluate/labels.ts';
import { bestMatches, overlap, type BestMatch } from './overlap.ts';

/** One result to compare: an embedding's or a model's topics of the corpus. */
export interface ComparedRun {
  readonly name: string;
  readonly labels: Int32Array;
}

/** Documents that go from a topic of one result to a topic of the next; −1 are its outliers. */
export interface Flow {
  readonly from: { readonly run: number; readonly topic: number };
  readonly to: { readonly run: number; readonly topic: number };
  readonly count: number;
}

export interface Comparison {
  /** Flows between each result and the next, by falling count: the ribbons of an alluvial drawing. */
  readonly flows: readonly Flow[];
  /** For each result and the next, where each topic went. */
  readonly matches: readonly (readonly BestMatch[])[];
  /** Agreement of each two results as labellings of each other, [runs × runs] of AMI. */
  readonly agreement: Float64Array;
  /** Against the label column, one of each result; null without one. */
  readonly labels: readonly LabelScores[] | null;
}

/**
 * Lays results over one corpus side by side. @param truth the label column, if there is one.
 * @throws UsageError when the results are of different corpora.
 */
export function compareRuns(
  runs: readonly ComparedRun[],
  truth: readonly (string | null)[] | null,
): Comparison {
  const agreement = new Float64Array(runs.length * runs.length);
  const flows: Flow[] = [];
  const matches: BestMatch[][] = [];
  runs.forEach((a, i) => {
    runs.forEach((b, j) => {
      agreement[i * runs.length + j] =
        i === j ? 1 : j < i ? agreement[j * runs.length + i] : labelScores(a.labels, b.labels).ami;
    });
    const next = runs.at(i + 1);
    if (!next) return;
    flows.push(...flowsBetween(a.labels, next.labels, i));
    matches.push(bestMatches(overlap(a.labels, next.labels)));
  });
  return { flows, matches, agreement, labels: truth && runs.map((run) => labelScores(truth, run.labels)) };
}

function flowsBetween(left: Int32Array, right: Int32Array, run: number): Flow[] {
  const counts = new Map<string, Flow>();
  for (let d = 0; d < left.length; d++) {
    const key = `${left[d]} ${right[d]}`;
    const flow = counts.get(key);
    counts.set(key, {
      from: { run, topic: left[d] },
      to: { run: run + 1, topic: right[d] },
      count: (flow?.count ?? 0) + 1,
    });
  }
  return [...counts.values()].sort(
    (a, b) => b.count - a.count || a.from.topic - b.from.topic || a.to.topic - b.to.topic,
  );
}
