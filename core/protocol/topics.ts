/** A topic's page, and topics in groups, over time and by class. */
import type { Keyword, Topic } from '../stages.ts';

export interface TopicPage {
  topic: Topic;
  keywords: Record<string, Keyword[]>;
  representatives: { row: number; id: string; snippet: string }[];
  nearest: { topic: number; similarity: number }[];
  byLabel: { label: string; count: number }[];
  byDate: { start: string; count: number }[];
  /** Experts whose routing weight is above the corpus' in this topic, in the corpus' standard deviations; the strongest first. */
  experts: { router: string; expert: number; column: number; deviation: number }[];
}

export interface TopicDocument {
  row: number;
  id: string;
  /** The topic that it is in. */
  topic: number;
  /** Cosine to the topic's mean vector. */
  similarity: number;
  snippet: string;
}

export interface TopicDocuments {
  /** Documents of the topic nearest to its middle, best first. */
  closest: TopicDocument[];
  /** Documents of the topic farthest from its middle, farthest first. */
  farthest: TopicDocument[];
  /** Documents of other topics (or none) nearest to its middle. */
  contrasting: TopicDocument[];
}

export interface TopicRepresentations {
  topic: number;
  name: string;
  count: number;
  /** By method. */
  keywords: Record<string, Keyword[]>;
}

/** A topic or a join of topics: what it holds and what it is about. */
export interface TopicGroup {
  topics: number[];
  count: number;
  name: string;
  keywords: Keyword[];
}

export interface HierarchyNodeResult extends TopicGroup {
  /** Topics first, then the joins by rising height. */
  node: number;
  /** The topic's id; null for a join. */
  topic: number | null;
  /** The two nodes of a join. */
  children: [number, number] | null;
  height: number;
}

export interface HierarchyResult {
  nodes: HierarchyNodeResult[];
  /** Topic ids in the order in which a dendrogram shows them. */
  order: number[];
  /** The groups of a cut; null without one. */
  groups: TopicGroup[] | null;
}

/** A topic's documents in one bin or class. */
export interface TopicSliceResult {
  topic: number;
  /** Position in `bins` or `classes`. */
  slice: number;
  count: number;
  keywords: Keyword[];
}

export interface OverTimeResult {
  /** ISO dates; a bin goes up to, not including, its end (the last includes it). */
  bins: { start: string; end: string }[];
  /** Documents without a readable date: in no bin. */
  undated: number;
  slices: TopicSliceResult[];
}

export interface PerClassResult {
  classes: string[];
  unclassed: number;
  slices: TopicSliceResult[];
}

export interface NamingPreview {
  /** Where it would be sent. */
  url: string;
  requests: { topic: number; body: Record<string, unknown> }[];
}

export interface NamingResult {
  names: { topic: number; name: string }[];
  /** Topics that keep their names, and why. */
  failed: { topic: number; reason: string }[];
}
