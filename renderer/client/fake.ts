import type { DocumentFilter, DocumentRow, Method, Params, Results } from '../../core/protocol.ts';
import type { Client, Listeners } from './client.ts';
import { engineError } from './client.ts';
import { fakeAnalysis } from './fake-analysis.ts';
import { fakeInfo, makeProject, uniform, reasons } from './fake-data.ts';
import type { FakeProject } from './fake-data.ts';

type Answers = {
  [M in Method]?: (params: Params<M>, listeners: Listeners) => Results[M] | Promise<Results[M]>;
};

/** An engine of generated data: for component tests and the bench of the map, not part of what ships. */
export function fakeClient({
  documents = 500,
  answers = {},
}: { documents?: number; answers?: Answers } = {}): Client {
  const project = makeProject(documents, 36, documents <= 200_000);
  const all: Answers = { ...defaults(project), ...answers };
  return {
    request: async (method, params, listeners = {}) => {
      const answer = all[method] as ((p: unknown, l: Listeners) => never) | undefined;
      if (!answer) throw engineError('usage', `The generated engine knows no ${method}.`);
      await Promise.resolve();
      return answer(params, listeners);
    },
    onLink: () => () => undefined,
    close: () => undefined,
    host: {
      kind: 'test',
      choose: async () => '/generated/corpus.csv',
      sourceOf: async (files) => `/generated/${files[0]?.name ?? 'corpus.csv'}`,
      chooseTarget: async (name) => `/generated/${name}`,
      deliver: async () => undefined,
      onCommand: () => () => undefined,
      announce: () => undefined,
      newWindow: () => undefined,
    },
  };
}

function defaults(project: FakeProject): Answers {
  const { summary, topics, map, text } = project;
  const n = summary.documents;
  const row = (i: number): DocumentRow => ({
    row: i,
    id: `doc-${i}`,
    topic: map.topic[i],
    probability: map.probability[i],
    assignedBy: 'fit',
    label: map.label ? map.labelNames[map.label[i]] : null,
    date: map.date ? new Date(map.date[i]).toISOString().slice(0, 10) : null,
    snippet: text(i).slice(0, 200),
    words: map.length[i],
  });
  const matching = (filter: DocumentFilter = {}): number[] => {
    const { topics: wanted = [], rows = null, query = '', labels = [] } = filter;
    const found: number[] = [];
    for (const i of rows ?? map.topic.keys()) {
      if (wanted.length > 0 && !wanted.includes(map.topic[i])) continue;
      if (labels.length > 0 && !labels.includes(map.labelNames[map.label![i]])) continue;
      if (query !== '' && !text(i).includes(query)) continue;
      found.push(i);
    }
    return found;
  };
  return {
    'app.info': () => fakeInfo,
    'app.log': () => ({ path: '/generated/log', text: 'started' }),
    'corpus.preview': ({ source }) => ({
      source,
      name: source.split('/').at(-1)!,
      rows: n,
      columns: ['id', 'text', 'label'].map((name) => ({ name, type: 'VARCHAR' })),
      roles: { text: 'text', id: 'id', label: 'label', date: null },
      first: [0, 1, 2].map((i) => ({ id: `doc-${i}`, text: text(i), label: map.labelNames[map.label![i]] })),
      words: { min: 20, median: 56, max: 320 },
      languages: [{ code: 'en', share: 0.98 }],
      empty: 3,
      duplicates: 5,
      skipped: [{ row: 17, reason: 'not valid UTF-8' }],
      warnings: [],
    }),
    'corpus.fetch': () => ({ source: '/generated/20newsgroups.tar.gz' }),
    'run.estimate': () => ({
      documents: n,
      seconds: { load: 1, embed: 40, reduce: 5, cluster: 2, keywords: 1, map: 1 },
      totalSeconds: 50,
      memoryBytes: 6e8,
      model: 'minilm-moe',
      device: 'cpu',
      why: 'no GPU was found',
      reasons,
      cachedDocuments: 0,
      misfit: null,
    }),
    'run.start': (_params, { onProgress, onPartial }) => {
      onProgress?.({
        kind: 'progress',
        stage: 'embed',
        fraction: 0.5,
        rate: 400,
        unit: 'documents',
        secondsLeft: 9,
      });
      onPartial?.({ x: map.x, y: map.y });
      onPartial?.({ topic: map.topic, topics });
      return summary;
    },
    'run.attach': () => null,
    'project.open': () => summary,
    'project.close': () => null,
    'project.map': () => map,
    'topics.list': () => topics,
    'topics.page': ({ topic }) => ({
      topic: topics.find((t) => t.id === topic)!,
      keywords: { ctfidf: [...topics.find((t) => t.id === topic)!.keywords] },
      representatives: matching({ topics: [topic] })
        .slice(0, 3)
        .map((i) => ({ row: i, id: `doc-${i}`, snippet: text(i).slice(0, 200) })),
      nearest: topics
        .filter((t) => t.id >= 0 && t.id !== topic)
        .slice(0, 5)
        .map((t, k) => ({ topic: t.id, similarity: 0.9 - 0.1 * k })),
      byLabel: map.labelNames.map((label, k) => ({ label, count: 10 * (k + 1) })),
      byDate: Array.from({ length: 12 }, (_, m) => ({
        start: new Date(Date.UTC(2020, m, 1)).toISOString(),
        count: 5 + ((m * 7) % 11),
      })),
      experts: [{ router: 'layer 4', expert: 2, column: 2, deviation: 1.4 }],
    }),
    'topics.log': () => [],
    // As if no operation changed anything: a dialog that gets no preview can't be applied.
    'topics.preview': () => {
      const counts = {
        topics: summary.topics.length,
        outliers: summary.outliers,
        diversity: null,
        ami: null,
        npmi: null,
      };
      return { text: '', before: counts, after: counts, changed: 0, topics: [], gone: [] };
    },
    ...fakeAnalysis(project),
    'documents.list': ({ filter, offset = 0, limit = 100 }) => {
      const found = matching(filter);
      return { total: found.length, documents: found.slice(offset, offset + limit).map(row) };
    },
    'documents.rows': ({ filter }) => ({ rows: Int32Array.from(matching(filter)) }),
    'documents.get': ({ row: i }) => ({
      ...row(i),
      text: text(i),
      columns: { id: `doc-${i}`, label: row(i).label },
      truncated: false,
      duplicateOf: null,
      distribution: [{ topic: map.topic[i], share: 0.8 }],
      nearest: [{ row: (i + 1) % n, similarity: 0.9 }],
    }),
    'documents.similar': ({ row: i = 0, limit = 50 }) => {
      const next = uniform(i);
      const rows = Int32Array.from({ length: Math.min(limit, n) }, () => Math.floor(n * next()));
      return { rows, similarities: Float32Array.from(rows, (_, k) => 1 - k / 100) };
    },
    figure: ({ name }) => ({
      data: [{ type: 'bar', x: topics.map((t) => t.count), y: topics.map((t) => t.name), orientation: 'h' }],
      layout: { title: { text: name } },
    }),
    quality: () => ({
      topics: topics.length - 1,
      outlierShare: summary.outliers / n,
      npmi: 0.14,
      cV: 0.61,
      diversity: 0.81,
      invertedRbo: 0.97,
      silhouette: 0.32,
      dbcv: 0.41,
      ami: 0.55,
      nmi: 0.57,
      vMeasure: 0.57,
      homogeneity: 0.6,
      completeness: 0.54,
      purity: 0.58,
    }),
    'quality.sweep': () =>
      [5, 10, 20, 40, 80].map((size) => ({
        size,
        topics: Math.round(400 / size),
        outlierShare: size / 300,
        automatic: size === 20,
      })),
    export: ({ path }) => ({ path: path ?? '/generated/out', bytes: 1234 }),
    'models.list': () => fakeInfo.models,
    'models.show': () => ({ ...fakeInfo.models[0], card: null }),
    doctor: () => ({ cores: 2 }),
  };
}
