import type { GraphInputs } from '../family.ts';
import type { ModelWriter } from '../write/model-writer.ts';
import { slice } from './shape.ts';

/**
 * What all layers of one graph share. Layers hand on their values as [batch, tokens, hidden], so that sizes known only when the graph
 * runs are rarely asked for: operators on shapes run on the CPU whatever the device.
 */
export class Frame {
  private readonly shapes = new Map<string, string>();
  private readonly once = new Map<string, string>();

  constructor(
    readonly m: ModelWriter,
    readonly inputs: GraphInputs,
  ) {}

  private memo(key: string, make: () => string): string {
    let name = this.once.get(key);
    if (name === undefined) this.once.set(key, (name = make()));
    return name;
  }

  /** int64 [1] */
  get batch(): string {
    return this.memo('batch', () => slice(this.m.graph, this.sizes, 0, 0, 1));
  }

  /** int64 [1] */
  get tokens(): string {
    return this.memo('tokens', () => slice(this.m.graph, this.sizes, 0, 1, 2));
  }

  private get sizes(): string {
    return this.memo('sizes', () => this.m.graph.op('Shape', [this.inputs.mask]));
  }

  /** 1 for a text's tokens and 0 for the padding, float32 [batch, tokens]. Looked up, since WebGPU can't convert 64-bit integers. */
  get valid(): string {
    const g = this.m.graph;
    return this.memo('valid', () => g.op('Gather', [g.float32([0, 1]), this.inputs.mask], { axis: 0 }));
  }

  /** Tokens of each text, float32 [batch, 1]. */
  get lengths(): string {
    const g = this.m.graph;
    return this.memo('lengths', () => g.op('ReduceSum', [this.valid, g.int64([1])], { keepdims: 1 }));
  }

  /** 0, 1 … tokens − 1 as float32 [tokens]: ones, added up. */
  get positions(): string {
    const g = this.m.graph;
    return this.memo('positions', () => {
      const row = slice(g, this.valid, 0, 0, 1);
      const ones = g.op('Add', [g.op('Mul', [row, g.float32(0)]), g.float32(1)]);
      const counted = g.op('Sub', [
        g.op('CumSum', [ones, g.constant('int32', [], Int32Array.of(1))]),
        g.float32(1),
      ]);
      return g.op('Reshape', [counted, g.int64([-1])]);
    });
  }

  /** Rows [batch · tokens, n] → [batch, tokens, ...sizes]. */
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
}
