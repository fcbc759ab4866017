import { DisjointSet } from './disjoint-set.ts';
import type { KdTree } from './kd-tree.ts';
import type { Edges } from './linkage.ts';
import type { NearestPoints } from './neighbours.ts';

const none = Number.MAX_VALUE;

/**
 * The minimum spanning tree of the mutual reachability distance max(core a, core b, d(a, b)) by dual-tree Borůvka
 * (March, Ram, Gray 2010), step for step as hdbscan's KDTreeBoruvkaAlgorithm: with `approximate`, its default, node
 * bounds are kept from one round to the next, so that a few edges may be longer than need be.
 */
export class Boruvka {
  private readonly core: Float64Array;
  private readonly bounds: Float64Array;
  private readonly componentOfPoint: Int32Array;
  private readonly componentOfNode: Int32Array;
  private readonly candidatePoint: Int32Array;
  private readonly candidateNeighbour: Int32Array;
  private readonly candidateDistance: Float64Array;
  private readonly sets: DisjointSet;
  private components: Int32Array;
  private readonly edges: { from: Int32Array; to: Int32Array; distance: Float64Array };
  private edgeCount = 0;
  private readonly stack: Int32Array;
  private readonly stackDistance: Float64Array;
  private depth = 0;

  constructor(
    private readonly tree: KdTree,
    nearest: NearestPoints,
    private readonly approximate: boolean,
  ) {
    const n = tree.points;
    this.core = new Float64Array(n);
    const last = nearest.k - 1;
    for (let p = 0; p < n; p++) {
      // Through the root and back, as the reference does: equal distances must stay equal in the last bit.
      const distance = Math.sqrt(nearest.distances[p * nearest.k + last]);
      this.core[p] = distance * distance;
    }
    this.bounds = new Float64Array(tree.nodes);
    this.componentOfPoint = Int32Array.from({ length: n }, (_, i) => i);
    this.componentOfNode = Int32Array.from({ length: tree.nodes }, (_, i) => -(i + 1));
    this.candidatePoint = new Int32Array(n).fill(-1);
    this.candidateNeighbour = new Int32Array(n).fill(-1);
    this.candidateDistance = new Float64Array(n).fill(none);
    this.sets = new DisjointSet(n);
    this.components = tree.position.slice();
    this.edges = {
      from: new Int32Array(n - 1),
      to: new Int32Array(n - 1),
      distance: new Float64Array(n - 1),
    };
    this.stack = new Int32Array(512);
    this.stackDistance = new Float64Array(256);
    this.joinNeighbours(nearest);
  }

  /** Share of the edges found so far. */
  get fraction(): number {
    return this.edges.distance.length === 0 ? 1 : this.edgeCount / this.edges.distance.length;
  }

  /** Works for about `steps` visits of node pairs; true when the tree is whole. */
  advance(steps: number): boolean {
    while (steps > 0 && this.components.length > 1) {
      if (this.depth === 0) this.push(0, 0, this.nodeDistance(0, 0));
      steps = this.traverse(steps);
      if (this.depth === 0) this.update(this.approximate);
    }
    return this.components.length === 1;
  }

  result(): Edges {
    const order = this.tree.order;
    return {
      from: this.edges.from.map((p) => order[p]),
      to: this.edges.to.map((p) => order[p]),
      distance: this.edges.distance,
    };
  }

  /** The first round: most points' edges are to one of the neighbours that are already known. */
  private joinNeighbours({ k, indices }: NearestPoints): void {
    const core = this.core;
    for (let p = 0; p < core.length; p++)
      for (let i = 0; i < k; i++) {
        const q = indices[p * k + i];
        if (q !== p && core[q] <= core[p]) {
          this.candidatePoint[p] = p;
          this.candidateNeighbour[p] = q;
          this.candidateDistance[p] = core[p];
          break;
        }
      }
    this.update(false);
    this.bounds.fill(none);
  }

  /** Adds each component's best edge and works out which points and nodes belong together now. */
  private update(keepBounds: boolean): void {
    const { candidatePoint, candidateNeighbour, candidateDistance, sets, edges, tree } = this;
    for (const c of this.components) {
      const [from, to] = [candidatePoint[c], candidateNeighbour[c]];
      if (from === -1 || to === -1) continue;
      const [a, b] = [sets.find(from), sets.find(to)];
      if (a === b) {
        candidatePoint[c] = candidateNeighbour[c] = -1;
        candidateDistance[c] = none;
        continue;
      }
      edges.from[this.edgeCount] = from;
      edges.to[this.edgeCount] = to;
      edges.distance[this.edgeCount++] = Math.sqrt(candidateDistance[c]);
      sets.union(a, b);
      candidateDistance[c] = none;
    }
    const before = this.components.length;
    this.components = this.components.filter((c) => sets.parent[c] === c);
    const { componentOfPoint, componentOfNode } = this;
    for (let p = 0; p < tree.points; p++) componentOfPoint[p] = sets.find(p);
    for (let node = tree.nodes - 1; node >= 0; node--) {
      const left = 2 * node + 1;
      if (left < tree.nodes) {
        if (componentOfNode[left] === componentOfNode[left + 1])
          componentOfNode[node] = componentOfNode[left];
        continue;
      }
      let p = tree.start[node];
      const component = componentOfPoint[p];
      while (p < tree.end[node] && componentOfPoint[p] === component) p++;
      if (p === tree.end[node]) componentOfNode[node] = component;
    }
    // Kept bounds are too tight for some components; without any progress they must be given up.
    if (!keepBounds || this.components.length === before) this.bounds.fill(none);
  }

  private push(a: number, b: number, distance: number): void {
    this.stack[2 * this.depth] = a;
    this.stack[2 * this.depth + 1] = b;
    this.stackDistance[this.depth++] = distance;
  }

  /** Visits pairs of nodes, nearest first, until the stack is empty or the steps are used up; returns the steps left. */
  private traverse(steps: number): number {
    const { tree, bounds, componentOfNode, stack, stackDistance } = this;
    const { nodes, radius } = tree;
    while (this.depth > 0 && steps-- > 0) {
      const at = --this.depth;
      const [a, b] = [stack[2 * at], stack[2 * at + 1]];
      if (!(stackDistance[at] < bounds[a])) continue;
      if (componentOfNode[a] === componentOfNode[b] && componentOfNode[a] >= 0) continue;
      const leafA = 2 * a + 1 >= nodes;
      const leafB = 2 * b + 1 >= nodes;
      if (leafA && leafB) this.compareLeaves(a, b);
      else if (leafA || (!leafB && radius[b] > radius[a])) {
        const left = 2 * b + 1;
        const dl = this.nodeDistance(a, left);
        const dr = this.nodeDistance(a, left + 1);
        if (dl < dr) {
          this.push(a, left + 1, dr);
          this.push(a, left, dl);
        } else {
          this.push(a, left, dl);
          this.push(a, left + 1, dr);
        }
      } else {
        const left = 2 * a + 1;
        const dl = this.nodeDistance(left, b);
        const dr = this.nodeDistance(left + 1, b);
        if (dl < dr) {
          this.push(left + 1, b, dr);
          this.push(left, b, dl);
        } else {
          this.push(left, b, dl);
          this.push(left + 1, b, dr);
        }
      }
    }
    return steps;
  }

  private nodeDistance(a: number, b: number): number {
    const { columns, lower, upper } = this.tree;
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const ab = lower[a * columns + j] - upper[b * columns + j];
      const ba = lower[b * columns + j] - upper[a * columns + j];
      const d = ab > 0 ? ab : ba > 0 ? ba : 0;
      sum += d * d;
    }
    return sum;
  }

  private compareLeaves(a: number, b: number): void {
    const { tree, core, componentOfPoint, candidateDistance, bounds } = this;
    const { columns, data, start, end } = tree;
    let most = 0;
    let least = none;
    for (let p = start[a]; p < end[a]; p++) {
      const component = componentOfPoint[p];
      let best = candidateDistance[component];
      if (core[p] > best) continue;
      for (let q = start[b]; q < end[b]; q++) {
        if (core[q] > best || componentOfPoint[q] === component) continue;
        let d = 0;
        for (let j = 0; j < columns; j++) {
          const difference = data[p * columns + j] - data[q * columns + j];
          d += difference * difference;
        }
        const reach = Math.max(d, core[p], core[q]);
        if (reach < best) {
          best = candidateDistance[component] = reach;
          this.candidatePoint[component] = p;
          this.candidateNeighbour[component] = q;
        }
      }
      if (best > most) most = best;
      if (best < least) least = best;
    }
    const radius = tree.radius[a];
    const bound = Math.min(most, least + 2 * (radius * radius));
    if (bound >= bounds[a]) return;
    bounds[a] = bound;
    for (let node = a; node > 0;) {
      const up = (node - 1) >> 1;
      const larger = Math.max(bounds[2 * up + 1], bounds[2 * up + 2]);
      if (larger >= bounds[up]) break;
      bounds[up] = larger;
      node = up;
    }
  }
}
