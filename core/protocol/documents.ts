/** Documents as the list and the reader show them. */
import type { AssignedBy } from '../stages.ts';

export interface DocumentRow {
  row: number;
  id: string;
  topic: number;
  probability: number;
  assignedBy: AssignedBy;
  label: string | null;
  date: string | null;
  snippet: string;
  words: number;
}

export interface DocumentDetail extends DocumentRow {
  text: string;
  columns: Record<string, string | null>;
  truncated: boolean;
  duplicateOf: string | null;
  /** Mixture over topics, strongest first. */
  distribution: { topic: number; share: number }[];
  nearest: { row: number; similarity: number }[];
}

/** Tokens of a document's beginning and their topics. */
export interface TokenTopics {
  /** First and one-past-last UTF-16 position of each token. */
  starts: Int32Array;
  ends: Int32Array;
  /** Topics with any weight, heaviest first: the columns of `weights`. */
  topics: Int32Array;
  /** [tokens × topics] added cosines of the windows that hold the token. */
  weights: Float32Array;
}
