import type { FuzzyGraph } from '../stages.ts';

/** Which connected component each vertex belongs to, numbered by first vertex, and how many there are. */
export function connectedComponents(graph: FuzzyGraph): { labels: Int32Array; count: number } {
  const n = graph.offsets.length - 1;
  const labels = new Int32Array(n).fill(-1);
  const stack = new Int32Array(n);
  let count = 0;
  for (let start = 0; start < n; start++) {
    if (labels[start] >= 0) continue;
    let size = 0;
    stack[size++] = start;
    labels[start] = count;
    while (size > 0) {
      const i = stack[--size];
      for (let e = graph.offsets[i]; e < graph.offsets[i + 1]; e++) {
        const j = graph.targets[e];
        if (labels[j] >= 0) continue;
        labels[j] = count;
        stack[size++] = j;
      }
    }
    count++;
  }
  return { labels, count };
}

/** The graph of some vertices alone, numbered in their order (which must ascend). All their edges must stay among them. */
export function subgraph(graph: FuzzyGraph, members: Int32Array, place: Int32Array): FuzzyGraph {
  const offsets = new Int32Array(members.length + 1);
  for (let v = 0; v < members.length; v++)
    offsets[v + 1] = offsets[v] + graph.offsets[members[v] + 1] - graph.offsets[members[v]];
  const size = offsets[members.length];
  const [targets, weights] = [new Int32Array(size), new Float32Array(size)];
  for (let v = 0; v < members.length; v++) place[members[v]] = v;
  for (let v = 0; v < members.length; v++) {
    const from = graph.offsets[members[v]];
    for (let e = offsets[v]; e < offsets[v + 1]; e++) {
      targets[e] = place[graph.targets[from + e - offsets[v]]];
      weights[e] = graph.weights[from + e - offsets[v]];
    }
  }
  return { offsets, targets, weights };
}
