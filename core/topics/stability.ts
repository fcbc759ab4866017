import { throwIfCancelled, UsageError } from '../base/errors.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import { bestMatches, overlap } from './overlap.ts';

/** One more run on the same embeddings: another seed, or other parameters. */
export interface StabilityRun {
  readonly seed: number;
  readonly params: Readonly<Record<string, unknown>>;
  readonly labels: Int32Array;
}

export interface TopicStability {
  readonly topic: number;
  readonly size: number;
  /** Mean over the runs of the Jaccard index with its best match: 1 when it comes back exactly every time. */
  readonly jaccard: number;
  /** Share of runs in which a topic with at least half of the union comes back. */
  readonly reappears: number;
}

export interface Stability {
  readonly topics: readonly TopicStability[];
  /** [n] how settled each document is: share of runs in which it went to its topic's best match (an outlier: stayed one). */
  readonly settled: Float64Array;
  /** [n] the topic that most runs and the base itself vote for, −1 for outliers. */
  readonly consensus: Int32Array;
  /** Of each run: its topics and outlier share. */
  readonly runs: readonly {
    readonly seed: number;
    readonly params: Readonly<Record<string, unknown>>;
    readonly topics: number;
    readonly outlierShare: number;
    readonly jaccard: number;
  }[];
  readonly recommendation: string;
}

/** From this mean Jaccard on a topic counts as found again; from here on it is solid (Hennig 2007's 0.5 and 0.75). */
const FOUND = 0.5;
const SOLID = 0.75;

/**
 * How much of a result depends on chance: every topic is looked up in runs with other seeds by the best Jaccard index
 * (Hennig 2007, cluster-wise stability), every document by whether it goes with its topic.
 * @param base [n] labels of the result. @param runs labels of other runs over the same documents.
 * @throws UsageError without runs or over other documents; CancelledError.
 */
export async function stability(
  base: Int32Array,
  runs: readonly StabilityRun[],
  context: StageContext,
): Promise<Stability> {
  if (runs.length === 0)
    throw new UsageError('Stability needs at least one more run; ask for two seeds or more.');
  const sums = new Map<number, { jaccard: number; found: number; size: number }>();
  for (const label of base) {
    if (label < 0) continue;
    const entry = sums.get(label);
    if (entry) entry.size++;
    else sums.set(label, { jaccard: 0, found: 0, size: 1 });
  }
  const settled = new Float64Array(base.length);
  const votes = base.map((label) => label);
  const ballots: Map<number, number>[] = Array.from(votes, (label) => new Map([[label, 1]]));
  const summaries: Stability['runs'][number][] = [];
  for (const run of runs) {
    throwIfCancelled(context.signal);
    await breathe();
    const table = overlap(base, run.labels);
    const there = new Map(bestMatches(table).map((m) => [m.topic, m]));
    const back = new Map(
      bestMatches(overlap(run.labels, base)).map((m) => [m.topic, m.jaccard > 0 ? m.match : -1]),
    );
    let mean = 0;
    for (const [topic, { jaccard }] of there) {
      const sum = sums.get(topic)!;
      sum.jaccard += jaccard;
      if (jaccard >= FOUND) sum.found++;
      mean += jaccard / there.size;
    }
    let outliers = 0;
    for (let d = 0; d < base.length; d++) {
      const label = run.labels[d];
      if (label < 0) outliers++;
      if (label === (base[d] < 0 ? -1 : there.get(base[d])!.match)) settled[d]++;
      const vote = label < 0 ? -1 : back.get(label)!;
      ballots[d].set(vote, (ballots[d].get(vote) ?? 0) + 1);
    }
    summaries.push({
      seed: run.seed,
      params: run.params,
      topics: table.right.length,
      outlierShare: outliers / base.length,
      jaccard: mean,
    });
  }
  const topics = [...sums]
    .map(([topic, { jaccard, found, size }]) => ({
      topic,
      size,
      jaccard: jaccard / runs.length,
      reappears: found / runs.length,
    }))
    .sort((a, b) => a.topic - b.topic);
  return {
    topics,
    settled: settled.map((n) => n / runs.length),
    consensus: Int32Array.from(ballots, (ballot, d) => elect(ballot, base[d])),
    runs: summaries,
    recommendation: recommend(topics, runs.length),
  };
}

/** The topic with most votes; ties to the one that the document has. */
function elect(ballot: ReadonlyMap<number, number>, own: number): number {
  let best = own;
  for (const [topic, count] of [...ballot].sort((a, b) => a[0] - b[0]))
    if (count > ballot.get(best)!) best = topic;
  return best;
}

function recommend(topics: readonly TopicStability[], runs: number): string {
  if (topics.length === 0) return 'There are no topics to look for; try a smaller minimum topic size.';
  const solid = topics.filter((t) => t.jaccard >= SOLID).length;
  const shaky = topics.filter((t) => t.jaccard < FOUND);
  const seen = `${solid} of ${topics.length} topics came back nearly unchanged in ${runs} more ${runs === 1 ? 'run' : 'runs'}`;
  if (shaky.length === 0) return `${seen}, and none got lost: the topics can be relied on.`;
  const names = shaky
    .toSorted((a, b) => a.jaccard - b.jaccard || a.topic - b.topic)
    .slice(0, 5)
    .map((t) => t.topic)
    .join(', ');
  if (shaky.length > topics.length / 2)
    return `${seen}, but ${shaky.length} got lost: a larger minimum topic size or more neighbours give fewer, steadier topics.`;
  return `${seen}; look closely at ${shaky.length === 1 ? 'topic' : 'topics'} ${names}${shaky.length > 5 ? ' …' : ''}, which other seeds do not find: merge them or read them with care.`;
}
