import type {
  HierarchyNodeResult,
  Method,
  Params,
  Quality,
  Results,
  TopicDocument,
} from '../../core/protocol.ts';
import type { FakeProject } from './fake-data.ts';

type Analysis = Extract<
  Method,
  | 'topics.documents'
  | 'topics.representations'
  | 'topics.hierarchy'
  | 'topics.overTime'
  | 'topics.perClass'
  | 'topics.naming.preview'
  | 'topics.naming.run'
  | 'documents.tokens'
  | 'stability'
  | 'compare'
>;

/** Generated answers about topics: a hierarchy that joins neighbours, twelve months, and topics of falling stability. */
export function fakeAnalysis({ summary, topics, map, text }: FakeProject): {
  [M in Analysis]: (params: Params<M>) => Results[M];
} {
  const real = topics.filter((topic) => topic.id >= 0);
  const document = (row: number, k: number): TopicDocument => ({
    row,
    id: `doc-${row}`,
    topic: map.topic[row],
    similarity: 0.9 - k / 20,
    snippet: text(row).slice(0, 200),
  });
  const some = (test: (topic: number) => boolean, limit: number): TopicDocument[] =>
    Array.from(map.topic.keys())
      .filter((row) => test(map.topic[row]))
      .slice(0, limit)
      .map(document);
  const slices = (count: number, words: number) =>
    real.flatMap((topic) =>
      Array.from({ length: count }, (_, slice) => ({
        topic: topic.id,
        slice,
        count: 1 + ((topic.id * 7 + slice * 5) % 11),
        keywords: topic.keywords.slice(0, words),
      })),
    );
  return {
    'topics.documents': ({ topic, limit = 5 }) => ({
      closest: some((t) => t === topic, limit),
      farthest: some((t) => t === topic, limit).reverse(),
      contrasting: some((t) => t !== topic, limit),
    }),
    'topics.representations': ({ methods, words = 10 }) =>
      topics.map(({ id, name, count, keywords }) => ({
        topic: id,
        name,
        count,
        keywords: Object.fromEntries(methods.map((method) => [method, keywords.slice(0, words)])),
      })),
    'topics.hierarchy': ({ words = 5 }) => {
      const nodes = real.map(({ id, name, count, keywords }, node): HierarchyNodeResult => ({
        node,
        topic: id,
        children: null,
        height: 0,
        topics: [id],
        count,
        name,
        keywords: keywords.slice(0, words),
      }));
      for (let k = 1; k < real.length; k++) {
        const [left, right] = [nodes[k === 1 ? 0 : nodes.length - 1], nodes[k]];
        nodes.push({
          node: nodes.length,
          topic: null,
          children: [left.node, right.node],
          height: k / real.length,
          topics: [...left.topics, ...right.topics],
          count: left.count + right.count,
          name: left.name,
          keywords: left.keywords,
        });
      }
      return { nodes, order: real.map((topic) => topic.id), groups: null };
    },
    'topics.overTime': ({ words = 5 }) => ({
      bins: Array.from({ length: 12 }, (_, m) => ({
        start: new Date(Date.UTC(2020, m, 1)).toISOString(),
        end: new Date(Date.UTC(2020, m + 1, 1)).toISOString(),
      })),
      undated: 0,
      slices: slices(12, words),
    }),
    'topics.perClass': ({ words = 5 }) => ({
      classes: map.labelNames,
      unclassed: 0,
      slices: slices(map.labelNames.length, words),
    }),
    'topics.naming.preview': ({ endpoint, topics: asked = [] }) => ({
      url: `${endpoint.url}/chat/completions`,
      requests: real
        .filter((topic) => asked.length === 0 || asked.includes(topic.id))
        .map((topic) => ({
          topic: topic.id,
          body: { model: endpoint.model, messages: [{ role: 'user', content: `Keywords: ${topic.name}` }] },
        })),
    }),
    'topics.naming.run': () => ({
      names: [{ topic: 0, name: 'A name from a model' }],
      failed: [{ topic: 1, reason: 'the endpoint answered with status 500' }],
      project: summary,
    }),
    'documents.tokens': ({ row }) => {
      const words = [...text(row).matchAll(/\S+/g)];
      return {
        starts: Int32Array.from(words, (word) => word.index),
        ends: Int32Array.from(words, (word) => word.index + word[0].length),
        topics: Int32Array.of(map.topic[row]),
        weights: Float32Array.from(words, (_, i) => (i % 5) / 4),
      };
    },
    stability: ({ seeds = 5 }) => ({
      topics: real.map(({ id, count }, k) => ({
        topic: id,
        size: count,
        jaccard: 1 - k / (2 * real.length),
        reappears: 1 - k / (3 * real.length),
      })),
      settled: Float64Array.from(map.topic, (_, i) => 1 - (i % 10) / 20),
      consensus: map.topic.slice(),
      runs: Array.from({ length: seeds }, (_, k) => ({
        seed: 43 + k,
        params: {},
        topics: real.length + (k % 3),
        outlierShare: 0.1 + k / 100,
        jaccard: 0.8,
      })),
      recommendation: `${real.length} topics came back nearly unchanged: they can be relied on.`,
    }),
    compare: ({ embeddings = ['hs', 'rw', 'concat', 'sum'], theme = 'light' }) => ({
      out: null,
      documents: map.topic.length,
      variants: embeddings.map((embedding, v) => ({
        name: embedding,
        model: summary.model,
        embedding,
        topics,
        labels: map.topic.map((topic) => (topic < 0 ? -1 : (topic + v) % real.length)),
        x: map.x.map((value) => value * (v % 2 === 0 ? 1 : -1)),
        y: map.y,
        colors: map.colors[theme],
        quality: fakeQuality(real.length, v),
      })),
      flow: { data: [], layout: {} },
      agreement: embeddings.map((_, i) => embeddings.map((__, j) => (i === j ? 1 : 0.8))),
      leftOut: [],
    }),
  };
}

function fakeQuality(topics: number, v: number): Quality {
  const value = 0.5 + v / 100;
  return {
    topics,
    outlierShare: 0.1,
    npmi: value,
    cV: value,
    diversity: value,
    invertedRbo: value,
    silhouette: value,
    dbcv: value,
    ami: value,
    nmi: value,
    vMeasure: value,
    homogeneity: value,
    completeness: value,
    purity: value,
  };
}
