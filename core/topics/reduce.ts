import { InputError, UsageError } from '../base/errors.ts';
import { cutAt, cutTo, linkage, type Linkage } from './linkage.ts';
import {
  distancesOf,
  similarityByTerms,
  similarityByVectors,
  topicVectors,
  type TopicSimilarity,
} from './similarity.ts';
import type { TopicState } from './state.ts';
import type { TopicTools } from './tools.ts';

/** What topics are compared by. */
export type ComparedBy = 'ctfidf' | 'embedding';

/** Likeness of each two topics. @throws InputError when an embedding is asked for and there is none. */
export async function topicSimilarity(
  state: TopicState,
  by: ComparedBy,
  tools: Pick<TopicTools, 'topicTerms' | 'embedding'>,
): Promise<TopicSimilarity> {
  if (by === 'ctfidf') return similarityByTerms(await tools.topicTerms(state));
  const embedding = await tools.embedding();
  if (!embedding) throw new InputError('This project has no embedding; compare topics by ctfidf.');
  return similarityByVectors(topicVectors(embedding, state.labels));
}

/**
 * Groups of topics to merge so that `to` are left (BERTopic 0.17.4: average linkage of cosine distances), or with auto as many
 * as differ: the joins' heights fall into a low and a high class where the variance between the two is largest (Otsu 1979),
 * and the low ones are made.
 * @returns groups of two and more topic ids.
 */
export function groupsToReduce(similarity: TopicSimilarity, to: number | 'auto'): number[][] {
  const n = similarity.topics.length;
  if (to !== 'auto' && n < 2) throw new UsageError('There are no two topics that could be merged.');
  if (to !== 'auto' && to >= n)
    throw new UsageError(`There are ${n} topics already; ask for fewer than ${n}.`);
  const tree = linkage(distancesOf(similarity), n, 'average');
  return groups(similarity.topics, to === 'auto' ? cutAt(tree, lowHeights(tree)) : cutTo(tree, to));
}

/** Groups of topics that average linkage joins at a cosine of at least the threshold. */
export function groupsAlike(similarity: TopicSimilarity, threshold: number): number[][] {
  const n = similarity.topics.length;
  const tree = linkage(distancesOf(similarity), n, 'average');
  return groups(similarity.topics, cutAt(tree, 1 - threshold));
}

/** The greatest height of the lower class; below every height when there are too few to tell. */
function lowHeights({ height }: Linkage): number {
  if (height.length < 3) return -1;
  let best = -1;
  let bestVariance = 0;
  let below = 0;
  const all = height.reduce((a, b) => a + b, 0);
  for (let k = 1; k < height.length; k++) {
    below += height[k - 1];
    const difference = below / k - (all - below) / (height.length - k);
    const variance = k * (height.length - k) * difference * difference;
    if (variance > bestVariance) {
      bestVariance = variance;
      best = height[k - 1];
    }
  }
  return best;
}

function groups(topics: Int32Array, group: Int32Array): number[][] {
  const members = new Map<number, number[]>();
  group.forEach((g, i) => members.set(g, [...(members.get(g) ?? []), topics[i]]));
  return [...members.values()].filter((list) => list.length > 1);
}
