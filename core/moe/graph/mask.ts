import type { Frame } from './frame.ts';

/** Large enough that exp() of it is 0, small enough to be added to a score and to be halved in precision. */
const never = -1e9;

/**
 * Masks to add to attention scores, one for each kind of attention that the model has, each computed once.
 * Keys beyond a text's end, in the future (causal) or before the window are hidden.
 */
export class Masks {
  private readonly known = new Map<string, string>();

  constructor(private readonly frame: Frame) {}

  /** float32 [batch, 1, tokens or 1, tokens]; `window` counts the token itself. */
  additive(causal: boolean, window: number | null): string {
    const key = `${causal} ${window}`;
    let mask = this.known.get(key);
    if (mask === undefined) this.known.set(key, (mask = this.build(causal, window)));
    return mask;
  }

  private build(causal: boolean, window: number | null): string {
    const g = this.frame.m.graph;
    const valid = g.op('Reshape', [this.frame.valid, g.int64([0, 1, 1, -1])]);
    const padding = g.op('Mul', [g.op('Sub', [g.float32(1), valid]), g.float32(never)]);
    if (!causal && window === null) return padding;
    const at = this.frame.positions;
    const query = g.op('Reshape', [at, g.int64([1, 1, -1, 1])]);
    const keyAt = g.op('Reshape', [at, g.int64([1, 1, 1, -1])]);
    const distance = g.op('Sub', [query, keyAt]);
    const where = (condition: string): string => g.op('Where', [condition, g.float32(never), g.float32(0)]);
    let mask = padding;
    if (causal) mask = g.op('Add', [mask, where(g.op('Less', [distance, g.float32(0)]))]);
    if (window !== null) {
      const far = causal ? distance : g.op('Abs', [distance]);
      mask = g.op('Add', [mask, where(g.op('GreaterOrEqual', [far, g.float32(window)]))]);
    }
    return mask;
  }
}
