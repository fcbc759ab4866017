/** The same corpus clustered more than once: by other seeds, other embeddings, other models. */
import type { Topic } from '../stages.ts';
import type { PlotlyFigure, Quality } from './project.ts';

export interface StabilityResult {
  /** jaccard: mean over the runs of the best match; reappears: share of runs in which at least half came back. */
  topics: { topic: number; size: number; jaccard: number; reappears: number }[];
  /** [n] share of runs in which each document went with its topic. */
  settled: Float64Array;
  /** [n] the topic that most runs vote for, −1 for outliers. */
  consensus: Int32Array;
  runs: {
    seed: number;
    params: Record<string, unknown>;
    topics: number;
    outlierShare: number;
    jaccard: number;
  }[];
  /** What to do about it, in one sentence. */
  recommendation: string;
}

export interface ComparedVariant {
  /** "concat", or "minilm-moe concat" where there are several models. */
  name: string;
  model: string;
  embedding: 'hs' | 'rw' | 'concat' | 'sum';
  topics: Topic[];
  labels: Int32Array;
  /** Places on the variant's own map; NaN for a document without text. */
  x: Float32Array;
  y: Float32Array;
  colors: Record<number, string>;
  quality: Quality;
}

export interface CompareResult {
  out: string | null;
  documents: number;
  variants: ComparedVariant[];
  /** Documents between the topics of neighbouring variants (a Sankey diagram). */
  flow: PlotlyFigure;
  /** [variants][variants] AMI of each two with each other. */
  agreement: number[][];
  leftOut: { name: string; reason: string }[];
}
