import type { GraphBuilder } from '../../onnx/graph.ts';
import type { Frame } from './frame.ts';
import { cast, reshape } from './shape.ts';

/** Which rows each expert takes, and the way back. */
export interface ExpertGroups {
  /** Of each expert, int64 [n]: tokens that chose it, in order. */
  readonly tokens: readonly string[];
  /** Of each expert, int64 [n]: the same as places among all choices, token · k + choice. */
  readonly places: readonly string[];
  /** Rows of x, one a token → a row for each of the experts' places, expert by expert. */
  sorted(x: string): string;
  /** Such rows, along an axis → each expert's. */
  apart(x: string, axis: number): string[];
  /** The experts' results, along an axis a row for each of their places → along it a row for each choice, in order. */
  inOrder(results: readonly string[], axis?: number): string;
}

/**
 * Sorts the choices, indices [..., k], by their expert: one sort (two where a permutation can't be inverted otherwise), whatever the number
 * of experts. `selected` marks each token's experts [..., experts], where every choice is marked.
 */
export function groupChoices(
  frame: Frame,
  indices: string,
  experts: { readonly count: number; readonly active: number },
  selected?: string,
): ExpertGroups {
  const g = frame.m.graph;
  const { count, active } = experts;
  const flat = reshape(g, indices, [-1]);
  const orderOf = (x: string): string =>
    g.node('TopK', [x, g.op('Shape', [x])], { axis: 0, largest: 0, sorted: 1 }, { outputs: 2 })[1];
  const order = orderOf(flat);
  const inverse = frame.m.device === 'cpu' ? inverseOf(g, order) : orderOf(order);
  const marks = selected === undefined ? marksOf(g, flat, count) : reshape(g, selected, [-1, count]);
  const counts = cast(g, g.op('ReduceSum', [marks, g.int64([0])], { keepdims: 0 }), 'int64');
  const apart = (x: string, axis: number): string[] =>
    count === 1 ? [x] : g.node('Split', [x, counts], { axis }, { outputs: count });
  const free = frame.m.ofUnknownRank(order);
  const once = new Map<string, string[]>();
  const memo = (key: string, make: () => string[]): string[] => {
    let made = once.get(key);
    if (!made) once.set(key, (made = make()));
    return made;
  };
  let all: string | undefined;
  const tokens = (): string => (all ??= active === 1 ? free : g.op('Div', [free, g.int64([active])]));
  return {
    get places() {
      return memo('places', () => apart(free, 0));
    },
    get tokens() {
      return active === 1 ? this.places : memo('tokens', () => apart(tokens(), 0));
    },
    sorted: (x) => g.op('Gather', [x, tokens()], { axis: 0 }),
    apart,
    inOrder: (results, axis = 0) =>
      g.op('Gather', [g.op('Concat', [...results], { axis }), inverse], { axis }),
  };
}

/** float32 [choices, experts]: 1 at each choice's expert. */
function marksOf(g: GraphBuilder, flat: string, count: number): string {
  const ids = g.float32(Array.from({ length: count }, (_, e) => e));
  const wanted = g.op('Unsqueeze', [g.op('Gather', [ids, flat], { axis: 0 }), g.int64([1])]);
  return cast(g, g.op('Equal', [wanted, ids]), 'float32');
}

/** The place of each number in a permutation: what undoes it. */
function inverseOf(g: GraphBuilder, order: string): string {
  const places = g.op('Range', [g.int64(0), g.op('Squeeze', [g.op('Shape', [order])]), g.int64(1)]);
  return g.op('ScatterElements', [order, order, places], { axis: 0 });
}
