import type { Matrix } from '../base/matrix.ts';
import type { StageContext } from '../base/progress.ts';
import type { TopicTerms } from '../stages.ts';
import type { TopicState } from './state.ts';

/** How strongly documents belong to each fitted topic. */
export interface Membership {
  /** Ids of the fit: the columns. */
  readonly topics: Int32Array;
  /** [rows × topics] 0 to 1. */
  readonly matrix: Matrix;
}

/** What operations need beside the state; each is asked for only when an operation uses it. All must be deterministic. */
export interface TopicTools {
  /** The topics' words under the state's labels and vocabulary. */
  readonly topicTerms: (state: TopicState) => Promise<TopicTerms>;
  /** [n × dimensions]; null where the project has none. */
  readonly embedding: () => Promise<Matrix | null>;
  /** Soft membership of some documents in the topics that the state began with; null where the clusterer gives none. */
  readonly membership: (rows: Int32Array, state: TopicState) => Promise<Membership | null>;
  /** Clusters some documents by themselves: a label for each row, −1 for none. */
  readonly cluster: (rows: Int32Array, params: Record<string, unknown>) => Promise<Int32Array>;
  /** Clusters all documents again with another smallest size of a topic: a label for each, −1 for none. */
  readonly recluster: (minTopicSize: number) => Promise<Int32Array>;
  readonly texts: readonly string[];
  readonly context: StageContext;
}
