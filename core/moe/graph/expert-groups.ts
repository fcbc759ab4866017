import type { Frame } from './frame.ts';
import { cast, reshape } from './shape.ts';

/** Which rows each expert takes, and the way back. */
export interface ExpertGroups {
  /** Of each expert, int64 [n]: tokens that chose it, in order. */
  readonly tokens: readonly string[];
  /** Of each expert, int64 [n]: the same as places among all choices, token · k + choice. */
  readonly places: readonly string[];
  /** The experts' results, a row for each of their places → [rows · k, width], a row for each choice, in order. */
  inOrder(results: readonly string[]): string;
}

/** Sorts the choices, indices [..., k], by their expert: two sorts, whatever the number of experts. */
export function groupChoices(
  frame: Frame,
  indices: string,
  experts: { readonly count: number; readonly active: number },
): ExpertGroups {
  const g = frame.m.graph;
  const { count, active } = experts;
  const flat = reshape(g, indices, [-1]);
  const sorted = (x: string): string =>
    g.node('TopK', [x, g.op('Shape', [x])], { axis: 0, largest: 0, sorted: 1 }, { outputs: 2 })[1];
  const order = sorted(flat);
  const inverse = sorted(order);
  const ids = g.float32(Array.from({ length: count }, (_, e) => e));
  const chosen = g.op('Equal', [
    g.op('Unsqueeze', [g.op('Gather', [ids, flat], { axis: 0 }), g.int64([1])]),
    ids,
  ]);
  const counts = cast(
    g,
    g.op('ReduceSum', [cast(g, chosen, 'float32'), g.int64([0])], { keepdims: 0 }),
    'int64',
  );
  const byExpert = (x: string): string[] =>
    count === 1 ? [x] : g.node('Split', [x, counts], { axis: 0 }, { outputs: count });
  const free = ofUnknownRank(frame, order);
  const once = new Map<string, string[]>();
  const memo = (key: string, make: () => string[]): string[] => {
    let made = once.get(key);
    if (!made) once.set(key, (made = make()));
    return made;
  };
  return {
    get places() {
      return memo('places', () => byExpert(free));
    },
    get tokens() {
      return active === 1
        ? this.places
        : memo('tokens', () => byExpert(g.op('Div', [free, g.int64([active])])));
    },
    inOrder: (results) => g.op('Gather', [g.op('Concat', [...results], { axis: 0 }), inverse], { axis: 0 }),
  };
}

/**
 * x [n], but ONNX Runtime can't foresee that it is a vector, nor the rank of anything that is gathered by it. It plans memory by comparing
 * each value of a known rank with all that were freed before; of 16 layers of 64 experts (20,000 values, whose sizes it can't know anyway)
 * that took it more than two minutes.
 */
function ofUnknownRank(frame: Frame, x: string): string {
  const g = frame.m.graph;
  const first = g.op('Mul', [frame.batch, g.int64([0])]);
  return g.op('Squeeze', [g.op('Unsqueeze', [x, g.int64([0])]), first]);
}
