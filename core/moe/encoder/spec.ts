import type { Weight } from '../checkpoint/weight.ts';
import type { Activation } from '../graph/activation.ts';
import type { LinearSpec } from '../graph/attention.ts';
import type { NormSpec } from '../graph/norm.ts';

/**
 * A mixture cut out of a small dense layer: all experts are computed as one product and the inner values multiplied by the gates, 0 for
 * the experts that were not chosen. That costs what the dense layer cost, and nothing is gathered.
 */
export interface GatedGroups {
  /** [experts, hidden] */
  readonly router: Weight;
  readonly experts: number;
  readonly active: number;
  /** Neurons of one expert; the inner layer is made of groups of this width, the routed experts first, then the shared ones. */
  readonly width: number;
  /** Groups that every token goes through with weight 1. */
  readonly shared: number;
  /** What the chosen experts' weights add up to; null leaves them their probabilities. */
  readonly renormalisedTo: number | null;
}

export interface EncoderLayer {
  readonly query: LinearSpec;
  /** Without biases: see `foldAttention`. */
  readonly key: LinearSpec;
  readonly value: LinearSpec;
  readonly out: LinearSpec;
  readonly attentionNorm: NormSpec;
  readonly up: LinearSpec;
  /** Of a dense layer; gelu where it is not said. */
  readonly activation?: Activation;
  readonly down: LinearSpec;
  readonly norm: NormSpec;
  /** Null for a dense layer. */
  readonly groups: GatedGroups | null;
}

/** A BERT-like encoder (arXiv 1810.04805): norms after the blocks, absolute positions, one segment. */
export interface EncoderSpec {
  readonly hidden: number;
  readonly heads: number;
  /** [vocabulary, hidden] */
  readonly words: Weight;
  /** [positions, hidden], the first segment's vector added. */
  readonly positions: Weight;
  readonly norm: NormSpec;
  readonly layers: readonly EncoderLayer[];
  /** [hidden, hidden], after the last layer. */
  readonly projection?: Weight;
}
