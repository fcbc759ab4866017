import { GraphBuilder, type ElementType } from '../../onnx/graph.ts';
import type { ModelCard } from '../../stages.ts';
import type { Checkpoint } from '../checkpoint/types.ts';
import { transposed, type Weight } from '../checkpoint/weight.ts';
import type { DataPlan, WriteBytes } from './data-plan.ts';
import { embedding, linear, type LinearOptions } from './linear.ts';
import { quantisedRows } from './linear-int8.ts';
import { slices } from './slices.ts';

export type Precision = ModelCard['precision'];
/** Execution providers for which graphs are built. */
export type Device = 'cpu' | 'webgpu' | 'cuda' | 'dml' | 'coreml';

export const dataFileName = 'model.onnx.data';

/** A graph under construction together with the weights it takes from a checkpoint. Families write their blocks with it. */
export class ModelWriter {
  readonly graph: GraphBuilder;

  constructor(
    graphName: string,
    readonly checkpoint: Checkpoint,
    readonly plan: DataPlan,
    readonly precision: Precision,
    readonly device: Device,
  ) {
    this.graph = new GraphBuilder(graphName);
  }

  has(name: string): boolean {
    return this.checkpoint.has(name);
  }

  /** A tensor of the checkpoint. @throws ModelError when it is missing or has another shape. */
  weight(name: string, shape: readonly number[]): Weight {
    return this.checkpoint.weight(name, shape);
  }

  /** A weight in float32 whatever the precision: norms, biases, routers. `shape` defaults to a vector or [rows, columns]. */
  float(weight: Weight, shape?: readonly number[]): string {
    const wanted = shape ?? (weight.rows === 1 ? [weight.columns] : [weight.rows, weight.columns]);
    return this.tensor(`${weight.name}.f32`, 'float32', wanted, async (write) => {
      for await (const { block } of slices(weight)) await write(0, block);
    });
  }

  /** A tensor whose bytes `run` appends in order. Same name, same tensor. */
  tensor(
    name: string,
    type: ElementType,
    shape: readonly number[],
    run: (write: WriteBytes) => Promise<void>,
  ): string {
    return this.tensors([{ name, type, shape }], run)[0];
  }

  /** Tensors that come from one pass over a weight, e.g. quantised numbers and scales. */
  tensors(
    wanted: readonly { name: string; type: ElementType; shape: readonly number[] }[],
    run: (write: WriteBytes) => Promise<void>,
  ): string[] {
    return this.plan.add(wanted, run).map((t) => {
      if (!this.declared.has(t.name)) {
        this.declared.add(t.name);
        this.graph.external(t.name, t.type, t.shape, {
          location: dataFileName,
          offset: t.offset,
          length: t.bytes,
        });
      }
      return t.name;
    });
  }
  private readonly declared = new Set<string>();

  /** x [..., in] · weightᵀ [out, in] + bias, in the model's precision: float32 [..., out]. */
  linear(x: string, weight: Weight, bias?: Weight, options?: LinearOptions): string {
    return linear(this, x, weight, bias, options);
  }

  /** For several products of the same x: at int8 on the CPU its rows are quantised once. */
  quantisedInput(x: string): LinearOptions {
    const integers = this.precision === 'int8' && this.device === 'cpu';
    return integers ? { quantised: quantisedRows(this, this.ofUnknownRank(x)) } : {};
  }

  /**
   * x, but ONNX Runtime can't foresee its rank, nor that of what is computed from it. It plans memory by comparing each value of a known rank with
   * all that were freed before; of 16 layers of 64 experts (20,000 values, whose sizes it can't know anyway) that took it more than two minutes.
   */
  ofUnknownRank(x: string, from = x): string {
    const g = this.graph;
    if (this.zero === null) {
      const size = g.op('Slice', [g.op('Shape', [from]), g.int64([0]), g.int64([1]), g.int64([0])]);
      this.zero = g.op('Mul', [size, g.int64([0])]);
    }
    return g.op('Squeeze', [g.op('Unsqueeze', [x, g.int64([0])]), this.zero]);
  }
  /** int64 [1]: zero times a size that is known only when the graph runs. */
  private zero: string | null = null;

  /** x in another shape, of which ONNX Runtime can't foresee the rank either. */
  reshapedUnforeseen(x: string, shape: readonly number[]): string {
    const key = shape.join();
    let unforeseen = this.shapes.get(key);
    if (unforeseen === undefined)
      this.shapes.set(key, (unforeseen = this.ofUnknownRank(this.graph.int64(shape), x)));
    return this.graph.op('Reshape', [x, unforeseen]);
  }
  private readonly shapes = new Map<string, string>();

  /** The same in float32 whatever the precision: routers and gates decide, and a rounded one decides otherwise. */
  exactLinear(x: string, weight: Weight, bias?: Weight): string {
    const turned = transposed(weight);
    const product = this.graph.op('MatMul', [x, this.float(turned, [turned.rows, turned.columns])]);
    return bias ? this.graph.op('Add', [product, this.float(bias, [bias.rows * bias.columns])]) : product;
  }

  /** Rows of a table by ids (any shape), in the model's precision: float32 [..., columns]. */
  embedding(ids: string, table: Weight): string {
    return embedding(this, ids, table);
  }
}
