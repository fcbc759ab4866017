import type { TopicTerms } from '../stages.ts';
import type { SparseMatrix } from '../base/sparse.ts';
import { cutAt, cutTo, linkage, type Linkage, type LinkageMethod } from './linkage.ts';
import { distancesOf, type TopicSimilarity } from './similarity.ts';

/** A node of the hierarchy: a topic, or a join of two nodes. */
export interface HierarchyNode {
  /** Topics are 0 … n − 1 in the order of `topics`, joins n, n + 1 … by rising height. */
  readonly node: number;
  /** The topic's id; null for a join. */
  readonly topic: number | null;
  /** The two nodes of a join. */
  readonly children: readonly [number, number] | null;
  readonly height: number;
  /** Ids of all topics below. */
  readonly topics: readonly number[];
}

export interface Hierarchy {
  readonly topics: Int32Array;
  readonly tree: Linkage;
  readonly nodes: readonly HierarchyNode[];
  /** Topic ids in the order in which a dendrogram shows them, no two lines crossing. */
  readonly order: readonly number[];
}

/**
 * Hierarchy of topics from their likeness: cosine distances joined by ward (BERTopic's default) or another linkage of SciPy's.
 * One topic is a hierarchy without joins.
 */
export function topicHierarchy(similarity: TopicSimilarity, method: LinkageMethod = 'ward'): Hierarchy {
  const { topics } = similarity;
  const n = topics.length;
  const tree = linkage(distancesOf(similarity), n, method);
  const nodes: HierarchyNode[] = Array.from(topics, (topic, node) => ({
    node,
    topic,
    children: null,
    height: 0,
    topics: [topic],
  }));
  for (let k = 0; k < tree.left.length; k++) {
    const [left, right] = [nodes[tree.left[k]], nodes[tree.right[k]]];
    nodes.push({
      node: n + k,
      topic: null,
      children: [left.node, right.node],
      height: tree.height[k],
      topics: [...left.topics, ...right.topics],
    });
  }
  return { topics, tree, nodes, order: nodes.at(-1)?.topics ?? [] };
}

/** Groups of topic ids at a height, or as many groups as asked for; single topics are groups of one. */
export function cutHierarchy(
  { tree, topics }: Hierarchy,
  at: { readonly height: number } | { readonly groups: number },
): number[][] {
  const group = 'height' in at ? cutAt(tree, at.height) : cutTo(tree, at.groups);
  const groups: number[][] = [];
  group.forEach((g, i) => (groups[g] ??= []).push(topics[i]));
  return groups;
}

/**
 * c-TF-IDF of groups of topics, as if each group were one topic, with the inverse frequencies of the topics (BERTopic 0.17.4,
 * `hierarchical_topics`): what names an inner node.
 * @param groups topic ids of each group. @returns [groups × terms]
 */
export function groupWeights(
  { topics, counts, idf, damped }: TopicTerms,
  groups: readonly (readonly number[])[],
): SparseMatrix {
  const rowOf = new Map(Array.from(topics, (topic, r) => [topic, r]));
  const sum = new Float64Array(counts.columns);
  const offsets = new Int32Array(groups.length + 1);
  const indices: number[] = [];
  const values: number[] = [];
  groups.forEach((ids, g) => {
    const touched: number[] = [];
    let total = 0;
    for (const id of ids) {
      const r = rowOf.get(id);
      if (r === undefined) continue;
      for (let e = counts.offsets[r]; e < counts.offsets[r + 1]; e++) {
        const term = counts.indices[e];
        if (sum[term] === 0) touched.push(term);
        sum[term] += counts.values[e];
        total += counts.values[e];
      }
    }
    for (const term of touched) {
      const share = sum[term] / total;
      indices.push(term);
      values.push((damped ? Math.sqrt(share) : share) * idf[term]);
      sum[term] = 0;
    }
    offsets[g + 1] = indices.length;
  });
  return {
    rows: groups.length,
    columns: counts.columns,
    offsets,
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
  };
}
