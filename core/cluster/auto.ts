import { UsageError } from '../base/errors.ts';
import type { OutlierGoal } from './few-outliers.ts';
import type { ClusterParams } from './params.ts';

/** The sizes that a clustering works with, and how topics are chosen from its tree. */
export interface Sizes {
  readonly minTopicSize: number;
  readonly minSamples: number;
  /** With a goal, topics are the most persistent ones with few outliers; null for the reference's selection. */
  readonly goal: OutlierGoal | null;
  /** A sentence for each of these: what it is, and whether it was asked for or chosen from what. */
  readonly reasons: readonly string[];
}

const mostSamples = 50;
const autoSamples = 2;
const most = { outliers: 0.15, largest: 0.2 };

/**
 * Sizes for n rows: what was asked for, or chosen from n alone where it says auto.
 *
 * - A topic needs √n / 4 rows, so that the number of topics grows slower than the corpus; at least 5, but of fewer than 60 rows
 *   a twelfth: 20 documents would have to fall into four equal topics.
 * - Two neighbours make a row dense. More smooth the density, which the topic size does already, and turn the rows
 *   between topics into outliers: with 15, the usual size for both, a third of 20 Newsgroups.
 * - Topics are broadened until at most 15 % of the rows are outliers, where the tree allows it; one of more than a fifth
 *   of all rows is split where that leaves half of it in topics, since excess of mass stops at one giant when a few
 *   strange rows lie far from everything else.
 *
 * `test/bench/defaults.md` shows what these numbers and their neighbours give on labelled corpora: AMI hardly depends on any.
 *
 * With a topic size that was asked for, everything is as in the reference: minSamples is as large (but at most 50, since
 * memory grows with it), and topics are chosen by excess of mass; unless the selection is asked to be broad.
 * @throws UsageError for a broad selection with settings that only the reference's selection knows.
 */
export function chooseSizes(params: ClusterParams, rows: number): Sizes {
  const asked = params.minSamples;
  // Epsilon and a single topic are ideas of the reference's selection, so asking for them asks for it.
  const free = params.epsilon === 0 && !params.allowSingleTopic;
  const isBroad = params.selection === 'broad';
  if (isBroad && !free)
    throw new UsageError(
      'A broad selection knows neither epsilon nor a single topic; choose --selection eom for those.',
    );
  const goal = { ...most, maxClusterSize: params.maxTopicSize };
  if (params.minTopicSize !== 'auto') {
    const minTopicSize = params.minTopicSize;
    const usual = isBroad ? autoSamples : Math.min(minTopicSize, mostSamples);
    const minSamples = asked === 'auto' ? usual : asked;
    const sizes = { minTopicSize, minSamples, goal: isBroad ? goal : null };
    return { ...sizes, reasons: reasonsFor(params, rows, sizes) };
  }
  const root = Math.round(Math.sqrt(rows) / 4);
  const twelfth = Math.max(2, Math.round(rows / 12));
  const minTopicSize = Math.max(root, Math.min(5, twelfth));
  const minSamples = asked === 'auto' ? autoSamples : asked;
  const broadens = isBroad || (params.selection === 'auto' && free);
  const sizes = { minTopicSize, minSamples, goal: broadens ? goal : null };
  return { ...sizes, reasons: reasonsFor(params, rows, sizes) };
}

function reasonsFor(params: ClusterParams, rows: number, sizes: Omit<Sizes, 'reasons'>): string[] {
  return [
    whySize(params, rows, sizes.minTopicSize),
    whySamples(params, sizes.minSamples),
    whySelection(params, sizes.goal !== null),
  ];
}

function whySize({ minTopicSize }: ClusterParams, rows: number, size: number): string {
  if (minTopicSize !== 'auto') return `Minimum topic size ${size}: as asked for.`;
  const count = rows.toLocaleString('en');
  if (size === Math.round(Math.sqrt(rows) / 4))
    return `Minimum topic size ${size}: a quarter of the square root of ${count} documents, so that topics grow slower in number than documents.`;
  if (rows < 60) return `Minimum topic size ${size}: a twelfth of ${count} documents, which are few.`;
  return `Minimum topic size ${size}: the least that is chosen, for ${count} documents.`;
}

function whySamples({ minSamples, minTopicSize }: ClusterParams, samples: number): string {
  if (minSamples !== 'auto') return `Minimum samples ${samples}: as asked for.`;
  if (minTopicSize !== 'auto' && samples !== autoSamples)
    return `Minimum samples ${samples}: as large as the topic size that was asked for, at most ${mostSamples}.`;
  return `Minimum samples ${samples}: more would turn the documents between topics into outliers.`;
}

function whySelection({ selection, minTopicSize }: ClusterParams, broad: boolean): string {
  if (broad)
    return 'Selection broad: the most persistent topics, broadened until at most 15 % of the documents are outliers; one of more than a fifth of all is split where it can be.';
  if (selection === 'eom' || selection === 'leaf') return `Selection ${selection}: as asked for.`;
  return minTopicSize === 'auto'
    ? 'Selection eom: the only one that knows epsilon and a single topic, which were asked for.'
    : 'Selection eom: as in the reference, since a topic size was asked for.';
}
