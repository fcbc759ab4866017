import { topicName } from '../keywords/index.ts';
import type { HierarchyNodeResult, HierarchyResult } from '../protocol.ts';
import type { Session } from './session.ts';
import type { TopicTerms } from '../stages.ts';
import {
  countTopics,
  cutHierarchy,
  groupWeights,
  similarityByTerms,
  similarityByVectors,
  topicHierarchy,
  topicVectors,
  topWords,
  type ComparedBy,
  type LinkageMethod,
} from '../topics/index.ts';

export interface HierarchyRequest {
  /** What topics are compared by. */
  readonly by?: ComparedBy;
  readonly linkage?: LinkageMethod;
  /** Where to cut the tree into groups; null for the tree alone. */
  readonly cut?: { readonly height: number } | { readonly groups: number } | null;
  /** Keywords of every node. */
  readonly words?: number;
}

/** The tree of a project's topics, every inner node and every group of a cut with keywords of its own. */
export async function projectHierarchy(
  session: Session,
  { by = 'ctfidf', linkage = 'ward', cut = null, words = 10 }: HierarchyRequest = {},
): Promise<HierarchyResult> {
  const { labels, topics } = session.state;
  const terms = await session.topicTerms();
  const similarity =
    by === 'ctfidf'
      ? similarityByTerms(terms)
      : similarityByVectors(topicVectors((await session.embedding()).matrix, labels));
  const tree = topicHierarchy(similarity, linkage);
  const counts = countTopics(labels);
  const byId = new Map(topics.map((topic) => [topic.id, topic]));
  const describe = (groups: readonly (readonly number[])[]) => {
    const shown = groupKeywords(terms, groups, words);
    return groups.map((ids, g) => {
      // A topic alone keeps the name and the keywords that people see everywhere else.
      const own = ids.length === 1 ? byId.get(ids[0]) : undefined;
      const keywords = own ? own.keywords.slice(0, words) : shown[g];
      return {
        topics: [...ids],
        count: ids.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0),
        name: own?.name ?? topicName(ids[0], keywords),
        keywords: [...keywords],
      };
    });
  };
  const described = describe(tree.nodes.map((node) => node.topics));
  return {
    nodes: tree.nodes.map(({ node, topic, children, height }, i): HierarchyNodeResult => ({
      node,
      topic,
      children: children && [...children],
      height,
      ...described[i],
    })),
    order: [...tree.order],
    groups: cut && describe(cutHierarchy(tree, cut)),
  };
}

function groupKeywords(terms: TopicTerms, groups: readonly (readonly number[])[], words: number) {
  const weights = groupWeights(terms, groups);
  return groups.map((_, g) => topWords(terms.terms, weights, g, words));
}
