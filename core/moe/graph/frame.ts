import type { GraphInputs } from '../family.ts';
import type { ModelWriter } from '../write/model-writer.ts';
import { slice } from './shape.ts';

/**
 * What all layers of one graph share: its inputs' sizes. Layers hand on their values as [batch · tokens, hidden],
 * which is what products want; attention asks here for [batch, tokens, heads, size].
 */
export class Frame {
  /** int64 [1] each. */
  readonly batch: string;
  readonly tokens: string;
  private readonly shapes = new Map<string, string>();

  constructor(
    readonly m: ModelWriter,
    readonly inputs: GraphInputs,
  ) {
    const shape = m.graph.op('Shape', [inputs.mask]);
    this.batch = slice(m.graph, shape, 0, 0, 1);
    this.tokens = slice(m.graph, shape, 0, 1, 2);
  }

  /** [batch · tokens, n] → [batch, tokens, ...sizes]. */
  unflatten(x: string, ...sizes: number[]): string {
    return this.m.graph.op('Reshape', [x, this.shape('b', 't', ...sizes)]);
  }

  /** An int64 shape of numbers, 'b' for the batch and 't' for the tokens. */
  shape(...parts: (number | 'b' | 't')[]): string {
    const key = parts.join();
    let name = this.shapes.get(key);
    if (name === undefined) {
      const pieces = parts.map((p) =>
        p === 'b' ? this.batch : p === 't' ? this.tokens : this.m.graph.int64([p]),
      );
      this.shapes.set(key, (name = this.m.graph.op('Concat', pieces, { axis: 0 })));
    }
    return name;
  }

  /** 0, 1 … tokens − 1 as float32 [tokens]. */
  get positions(): string {
    const g = this.m.graph;
    return (this.range ??= g.op(
      'Cast',
      [g.op('Range', [g.int64(0), g.op('Squeeze', [this.tokens, g.int64([0])]), g.int64(1)])],
      { to: 1 },
    ));
  }
  private range: string | undefined;
}
