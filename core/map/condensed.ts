import type { PlotlyFigure } from '../protocol.ts';
import type { CondensedTree } from '../stages.ts';
import { colorOf, type FigureOptions } from './bars.ts';
import { baseLayout, ink } from './layout.ts';
import { figureWords } from './words.ts';

/** Steps in the outline of one cluster. */
const steps = 48;

interface Cluster {
  readonly node: number;
  readonly birth: number;
  /** λ and size of what leaves it, by rising λ. */
  readonly leaving: { lambda: number; size: number }[];
  readonly children: number[];
  size: number;
  /** Topics of the documents within. */
  readonly topics: Set<number>;
  centre: number;
}

/**
 * The condensed tree as an icicle: λ = 1 / distance grows downwards, a cluster is as wide as it has documents left, and
 * splits in two. Selected clusters (the highest whose documents are of one topic) have their topic's colour.
 * After hdbscan's `condensed_tree_.plot`.
 * @param options.now what became of a topic since the clustering; null for one that is no more, which is drawn as not selected.
 */
export function condensedTreeFigure(
  tree: CondensedTree,
  labels: Int32Array,
  options: FigureOptions & { readonly now?: (topic: number) => number | null } = {},
): PlotlyFigure {
  const theme = options.theme ?? 'light';
  const words = figureWords(options.language);
  const clusters = readClusters(tree, labels);
  const root = clusters.get(Math.min(...clusters.keys()));
  const now = options.now ?? ((topic) => topic);
  const groups = new Map<number | null, { x: (number | null)[]; y: (number | null)[] }>();
  if (root !== undefined) {
    placeCentres(clusters, root);
    const draw = (cluster: Cluster, inherited: number | null): void => {
      const topic = inherited ?? (cluster.topics.size === 1 ? [...cluster.topics][0] : null);
      const shown = topic === null ? null : now(topic);
      const group = groups.get(shown) ?? { x: [], y: [] };
      groups.set(shown, group);
      outline(cluster, group.x, group.y);
      for (const child of cluster.children) {
        const next = clusters.get(child);
        if (next) draw(next, topic);
      }
    };
    draw(root, null);
  }
  return {
    data: [...groups].map(([topic, { x, y }]) => {
      const color = topic === null ? ink[theme].grid : colorOf(topic, options);
      return {
        type: 'scatter',
        mode: 'lines',
        fill: 'toself',
        x,
        y,
        name: topic === null ? words.notSelected : words.topicOf(topic),
        line: { color, width: 0.5 },
        fillcolor: color,
        hoverinfo: 'name',
      };
    }),
    layout: baseLayout(theme, {
      xaxis: { visible: false },
      yaxis: { title: { text: words.lambda }, autorange: 'reversed' },
      hovermode: 'closest',
    }),
  };
}

function readClusters(tree: CondensedTree, labels: Int32Array): Map<number, Cluster> {
  const clusters = new Map<number, Cluster>();
  const make = (node: number, birth: number): Cluster => {
    const known = clusters.get(node);
    if (known) return known;
    const cluster = { node, birth, leaving: [], children: [], size: 0, topics: new Set<number>(), centre: 0 };
    clusters.set(node, cluster);
    return cluster;
  };
  let top = Infinity;
  for (const p of tree.parent) top = Math.min(top, p);
  if (top === Infinity) return clusters;
  make(top, 0);
  const isCluster = (node: number): boolean => node >= top;
  const finite = capped(tree.lambda);
  for (let e = 0; e < tree.parent.length; e++)
    if (isCluster(tree.child[e])) make(tree.child[e], finite(tree.lambda[e]));
  for (let e = 0; e < tree.parent.length; e++) {
    const parent = make(tree.parent[e], 0);
    parent.leaving.push({ lambda: finite(tree.lambda[e]), size: tree.size[e] });
    parent.size += tree.size[e];
    if (isCluster(tree.child[e])) parent.children.push(tree.child[e]);
    else if (labels[tree.child[e]] >= 0) parent.topics.add(labels[tree.child[e]]);
  }
  // A child's number is larger than its parent's: from the last up, a cluster learns what is below it.
  for (const node of [...clusters.keys()].sort((a, b) => b - a)) {
    const cluster = clusters.get(node) as Cluster;
    cluster.leaving.sort((a, b) => a.lambda - b.lambda);
    for (const child of cluster.children)
      for (const topic of clusters.get(child)?.topics ?? []) cluster.topics.add(topic);
  }
  return clusters;
}

/**
 * Equal documents part at an infinite λ and nearly equal ones at a huge one, which would flatten all the rest: whatever
 * lies beyond the 99.5th percentile is drawn there.
 */
function capped(lambdas: Float64Array): (lambda: number) => number {
  const known = lambdas.filter(Number.isFinite).sort();
  const cap = known.length === 0 ? 1 : known[Math.floor(0.995 * (known.length - 1))];
  return (lambda) => Math.min(lambda, cap);
}

/** A cluster's children share its width by their sizes, the larger to the left. */
function placeCentres(clusters: Map<number, Cluster>, root: Cluster): void {
  const queue = [root];
  for (const cluster of queue) {
    const children = cluster.children.map((c) => clusters.get(c) as Cluster).sort((a, b) => b.size - a.size);
    const room = cluster.size - children.reduce((sum, c) => sum + c.size, 0);
    const gap = children.length > 1 ? room / (children.length - 1) : 0;
    let left = cluster.centre - cluster.size / 2;
    for (const child of children) {
      child.centre = left + child.size / 2;
      left += child.size + gap;
      queue.push(child);
    }
  }
}

function outline(cluster: Cluster, x: (number | null)[], y: (number | null)[]): void {
  const right: [number, number][] = [];
  let size = cluster.size;
  right.push([size, cluster.birth]);
  const every = Math.max(1, Math.ceil(cluster.leaving.length / steps));
  cluster.leaving.forEach(({ lambda, size: gone }, i) => {
    if (i % every === 0 || i === cluster.leaving.length - 1) right.push([size, lambda]);
    size -= gone;
  });
  for (const [width, lambda] of right) {
    x.push(cluster.centre + width / 2);
    y.push(lambda);
  }
  for (const [width, lambda] of right.reverse()) {
    x.push(cluster.centre - width / 2);
    y.push(lambda);
  }
  x.push(null);
  y.push(null);
}
