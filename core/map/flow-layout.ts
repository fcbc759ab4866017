/** A stream of documents between two nodes of neighbouring columns. */
export interface Stream {
  readonly source: number;
  readonly target: number;
  readonly value: number;
}

export interface FlowNode {
  readonly column: number;
  /** Drawn at the column's foot whatever flows into it, as the outliers are. */
  readonly last: boolean;
}

export interface FlowPlaces {
  /** Middle of each node, 0 (top) to 1; NaN for a node without a stream. */
  readonly y: Float64Array;
  /** Pixels that the drawing needs, so that each node has room for a line of text. */
  readonly height: number;
}

/** Pixels between two nodes: room for a small node's name. */
export const flowGap = 15;

/**
 * Places the nodes of an alluvial drawing. Plotly's own placement puts a node without an incoming stream into the first column,
 * to whichever it belongs, and lets the names of small nodes overlap. A column's nodes are ordered by where their documents
 * come from (the barycentre, as in layered graph drawing), the first column's by size.
 * @param scale pixels for all documents together
 */
export function placeFlow(nodes: readonly FlowNode[], streams: readonly Stream[], scale = 480): FlowPlaces {
  const into = new Float64Array(nodes.length);
  const out = new Float64Array(nodes.length);
  for (const { source, target, value } of streams) {
    out[source] += value;
    into[target] += value;
  }
  const size = into.map((v, n) => Math.max(v, out[n]));
  const columns = Array.from({ length: 1 + Math.max(-1, ...nodes.map((n) => n.column)) }, (_, c) =>
    [...nodes.keys()].filter((n) => nodes[n].column === c && size[n] > 0),
  );
  const total = (column: readonly number[]): number => column.reduce((sum, n) => sum + size[n], 0);
  const most = Math.max(1, ...columns.map(total));
  const height = scale + flowGap * Math.max(1, ...columns.map((column) => column.length - 1));
  // Plotly's own scale: as many pixels a document as the fullest column allows.
  const perDocument = Math.min(
    ...columns.map((column) => (height - flowGap * (column.length - 1)) / (total(column) || most)),
  );
  const middle = new Float64Array(nodes.length).fill(NaN);
  for (const [c, column] of columns.entries()) {
    const from = new Float64Array(nodes.length);
    if (c > 0)
      for (const { source, target, value } of streams)
        if (nodes[target].column === c) from[target] += value * middle[source];
    const rank = (n: number): number => (c === 0 ? 0 : into[n] === 0 ? height : from[n] / into[n]);
    column.sort(
      (a, b) =>
        Number(nodes[a].last) - Number(nodes[b].last) || rank(a) - rank(b) || size[b] - size[a] || a - b,
    );
    const used = perDocument * total(column) + flowGap * (column.length - 1);
    let top = (height - used) / 2;
    for (const n of column) {
      middle[n] = top + (perDocument * size[n]) / 2;
      top += perDocument * size[n] + flowGap;
    }
  }
  return { y: middle.map((v) => v / height), height };
}
