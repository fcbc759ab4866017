import type { ModelCard, RouterInfo } from '../stages.ts';
import type { Checkpoint } from './checkpoint/types.ts';
import type { ModelWriter } from './write/model-writer.ts';

/** The graph's inputs, int64 [batch, tokens], padded on the right. */
export interface GraphInputs {
  readonly ids: string;
  readonly mask: string;
}

/** What a router gives in the graph; float32 [batch · tokens, experts], or [batch, tokens, experts] where `perText` says so. */
export interface RouterValues {
  readonly logits: string;
  /** 1 where the token goes through the expert, 0 elsewhere. */
  readonly selected: string;
  /** Softmax over all experts before top-k, where the gate computes it anyway. */
  readonly probabilities?: string;
}

/** What `build` leaves for the tail: both graphs of a model folder are the same up to here. */
export interface BuiltModel {
  /** float32 [batch, tokens, hidden size], after the final norm. */
  readonly hidden: string;
  /** Adds the linear map that hidden states leave the model through, [..., hidden size] → the same; linear, so that pooled ones take it as well. */
  project?(hidden: string): string;
  /** One for each of `FamilyModel.routers`, in the same order. */
  readonly routers: readonly RouterValues[];
  /** The routers' values are [batch, tokens, experts] rather than rows. */
  readonly perText?: boolean;
}

/** Parameters in routed experts of one layer: `experts` times `each`, of which `active` run for a token. */
export interface ExpertParameters {
  readonly experts: number;
  readonly active: number;
  readonly each: number;
}

/** A checkpoint understood: what its card says of it, and how to build its graph. */
export interface FamilyModel extends Pick<
  ModelCard,
  'hiddenSize' | 'layers' | 'gate' | 'maxTokens' | 'unbounded' | 'pooling' | 'prefix' | 'languages' | 'alpha'
> {
  readonly routers: readonly RouterInfo[];
  readonly expertParameters: readonly ExpertParameters[];
  /** Adds the model's nodes to `writer.graph`; called once for each graph, so it must not keep state. */
  build(writer: ModelWriter, inputs: GraphInputs): BuiltModel;
}

export interface OpenOptions {
  /** Layers to keep, from the first; the rest is cut off. All when undefined. */
  readonly layers?: number;
}

/**
 * A kind of checkpoint. A family is one file in families/, a line in families/index.ts and a fixture.
 */
export interface Family {
  /** kebab-case, as in the card. */
  readonly name: string;
  /** As people write it ("Qwen3-MoE"). */
  readonly title: string;
  /** `model_type` in config.json. */
  readonly modelTypes: readonly string[];
  /** Other names that the reference's configuration class takes for a key. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** What the reference's configuration class assumes for a key that config.json leaves out (null is not left out). */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** For families that share a model_type with another: whether this configuration is one of theirs. */
  matches?(config: Record<string, unknown>): boolean;
  /**
   * Reads the configuration and finds out how the checkpoint stores its tensors.
   * @throws ModelError naming the key or the tensor.
   */
  open(config: Record<string, unknown>, checkpoint: Checkpoint, options: OpenOptions): FamilyModel;
}
