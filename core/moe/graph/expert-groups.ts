import type { Frame } from './frame.ts';
import { cast, reshape } from './shape.ts';

/** Which rows each expert takes, and the way back. */
export interface ExpertGroups {
  /** Of each expert, int64 [n]: tokens that chose it, in order. */
  readonly tokens: readonly string[];
  /** Of each expert, int64 [n]: the same as places among all choices, token · k + choice. */
  readonly places: readonly string[];
  /** The experts' results, along an axis a row for each of their places → along it a row for each choice, in order. */
  inOrder(results: readonly string[], axis?: number): string;
}

/** Sorts the choices, indices [..., k], by their expert: one sort (two where a permutation can't be inverted otherwise), whatever the number of experts. */
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
  const inverse = inverseOf(frame, order, sorted);
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
  const free = frame.m.ofUnknownRank(order);
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
    inOrder: (results, axis = 0) =>
      g.op('Gather', [g.op('Concat', [...results], { axis }), inverse], { axis }),
  };
}

/** The place of each number in a permutation: what undoes it. */
function inverseOf(frame: Frame, order: string, sorted: (x: string) => string): string {
  if (frame.m.device !== 'cpu') return sorted(order);
  const g = frame.m.graph;
  const places = g.op('Range', [g.int64(0), g.op('Squeeze', [g.op('Shape', [order])]), g.int64(1)]);
  return g.op('ScatterElements', [order, order, places], { axis: 0 });
}
