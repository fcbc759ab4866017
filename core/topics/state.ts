import { createHash } from 'node:crypto';
import { UsageError } from '../base/errors.ts';
import type { AssignedBy } from '../stages.ts';

/** A document's way to its topic as a small integer: positions in this list. */
export const assignments: readonly AssignedBy[] = ['fit', 'outlier-reduction', 'user', 'transform'];
export const FIT = 0;
export const REDUCED = 1;
export const USER = 2;
export const TRANSFORM = 3;

/** What a person did to one topic, and where it came from. */
export interface TopicRecord {
  readonly id: number;
  /** Topics that it was made of by a merge or a split; none when it was fitted. */
  readonly parents: readonly number[];
  /** Given by a person; null for the name made of keywords. */
  readonly name: string | null;
  /** Keywords shown first, whatever their weight. */
  readonly pinned: readonly string[];
}

/** A topic that is no more, and what took its place (nothing after a deletion). */
export interface RetiredTopic extends TopicRecord {
  readonly into: readonly number[];
}

/** Edits of what counts as a word; null n-grams are those of the run. */
export interface VocabularyState {
  readonly stopWords: readonly string[];
  /** Stop words of the run that are words after all. */
  readonly keptWords: readonly string[];
  readonly thesaurus: Readonly<Record<string, string>>;
  readonly ngrams: string | null;
}

/**
 * Everything that operations change. Never changed in place: an operation makes a new one, so that undo is looking at an
 * older one. Ids are never used twice.
 */
export interface TopicState {
  /** [n] topic of each document, −1 for outliers. */
  readonly labels: Int32Array;
  /** [n] positions in `assignments`. */
  readonly assignedBy: Uint8Array;
  /** By ascending id, without −1. */
  readonly topics: readonly TopicRecord[];
  /** By ascending id. */
  readonly retired: readonly RetiredTopic[];
  readonly nextId: number;
  readonly vocabulary: VocabularyState;
  /** Set where all documents were clustered again since the run: with which size, and which id its first topic got. */
  readonly clustered?: { readonly minTopicSize: number; readonly first: number };
}

/** The state right after a fit. @param labels [n] −1 for outliers. @param names those that people gave beforehand. */
export function initialState(labels: Int32Array, names: ReadonlyMap<number, string> = new Map()): TopicState {
  const ids = [...new Set(labels)].filter((id) => id >= 0).sort((a, b) => a - b);
  return {
    labels,
    assignedBy: new Uint8Array(labels.length),
    topics: ids.map((id) => ({ id, parents: [], name: names.get(id) ?? null, pinned: [] })),
    retired: [],
    nextId: (ids.at(-1) ?? -1) + 1,
    vocabulary: { stopWords: [], keptWords: [], thesaurus: {}, ngrams: null },
  };
}

/** The record of a topic. @throws UsageError where there is no such topic. */
export function findTopic(state: TopicState, id: number): TopicRecord {
  const topic = state.topics.find((t) => t.id === id);
  if (topic) return topic;
  const heirs = heirsOf(state, id);
  const became = heirs.length > 0 ? `; it became ${heirs.join(', ')}` : '';
  throw new UsageError(
    `There is no topic ${id}${became || '; look at the list of topics for those that there are'}.`,
  );
}

/** The topics of today that a retired one went into, however many operations ago. */
function heirsOf(state: TopicState, id: number): number[] {
  const into = state.retired.find((t) => t.id === id)?.into ?? [];
  const heirs = into.flatMap((heir) =>
    state.topics.some((t) => t.id === heir) ? [heir] : heirsOf(state, heir),
  );
  return [...new Set(heirs)].sort((a, b) => a - b);
}

/** Documents of a topic, ascending. */
export function rowsOf(labels: Int32Array, topic: number): Int32Array {
  let count = 0;
  for (const label of labels) if (label === topic) count++;
  const rows = new Int32Array(count);
  for (let d = 0, at = 0; d < labels.length; d++) if (labels[d] === topic) rows[at++] = d;
  return rows;
}

/** Number of documents of each topic, −1 among them where there are outliers. */
export function countTopics(labels: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** The topic of today that a topic of the fit went into: itself, what it was merged into, or null (split, deleted). */
export function currentTopic(state: TopicState, id: number): number | null {
  const retired = new Map(state.retired.map((t) => [t.id, t.into]));
  let now = id;
  for (let into = retired.get(now); into; into = retired.get(now)) {
    if (into.length !== 1) return null;
    now = into[0];
  }
  return now;
}

/** SHA-256 of the state in a canonical form: equal states, equal hashes. */
export function stateHash(state: TopicState): string {
  const { labels, assignedBy, ...rest } = state;
  const thesaurus = Object.fromEntries(
    Object.entries(rest.vocabulary.thesaurus).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const canonical = { ...rest, vocabulary: { ...rest.vocabulary, thesaurus } };
  return createHash('sha256')
    .update(JSON.stringify(canonical, canonicalKeys))
    .update(new Uint8Array(Int32Array.from(labels).buffer))
    .update(assignedBy)
    .digest('hex');
}

/** Orders an object's keys, so that two ways of making it give the same text. */
function canonicalKeys(_: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
