import { InputError } from '../base/errors.ts';
import { row } from '../base/matrix.ts';
import { cosinesTo, type TopicVectors } from './similarity.ts';

/** A topic of another project or batch and the topic here that is most like it. */
export interface ProjectMatch {
  readonly topic: number;
  /** −1 where there is no topic here. */
  readonly nearest: number;
  readonly similarity: number;
  /** The id that its documents get here. */
  readonly becomes: number;
  /** Whether that id is new. */
  readonly isNew: boolean;
}

/** keep: all stay topics of their own; map: each goes to the nearest that is alike, the others' documents become outliers; add: alike ones are mapped, the others added. */
export type MergeMode = 'keep' | 'map' | 'add';

/**
 * Where another project's topics (or those of a new batch) go when they are merged into this one, by the cosine of the topics'
 * mean vectors. BERTopic 0.17.4's `merge_models` is `add` with its default of 0.7. New ids follow `nextId` in the order of the
 * other's topics.
 * @throws InputError when the vectors are of different models.
 */
export function matchTopics(
  here: TopicVectors,
  other: TopicVectors,
  nextId: number,
  mode: MergeMode = 'add',
  threshold = 0.7,
): ProjectMatch[] {
  if (here.topics.length > 0 && other.topics.length > 0 && here.vectors.columns !== other.vectors.columns)
    throw new InputError(
      `The projects' embeddings have ${here.vectors.columns} and ${other.vectors.columns} dimensions; merge projects made with the same model and settings.`,
    );
  const similarities = new Float64Array(here.topics.length);
  let next = nextId;
  return Array.from(other.topics, (topic, r) => {
    cosinesTo(here.vectors, row(other.vectors, r), similarities);
    let best = -1;
    for (let t = 0; t < similarities.length; t++)
      if (best < 0 || similarities[t] > similarities[best]) best = t;
    const similarity = best < 0 ? 0 : similarities[best];
    const nearest = best < 0 ? -1 : here.topics[best];
    if (mode !== 'keep' && best >= 0 && similarity >= threshold)
      return { topic, nearest, similarity, becomes: nearest, isNew: false };
    return mode === 'map'
      ? { topic, nearest, similarity, becomes: -1, isNew: false }
      : { topic, nearest, similarity, becomes: next++, isNew: true };
  });
}

/** The other's labels in this project's ids. */
export function relabel(labels: Int32Array, matches: readonly ProjectMatch[]): Int32Array {
  const becomes = new Map(matches.map((m) => [m.topic, m.becomes]));
  return labels.map((label) => becomes.get(label) ?? -1);
}
