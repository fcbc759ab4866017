/** A generated project for component tests and the bench of the map: the same for the same size. */
import type { AppInfo, MapData, ProjectSummary } from '../../core/protocol.ts';
import type { Topic } from '../../core/stages.ts';

/** Why a run has its sizes, in the engine's words. */
export const reasons = [
  'Minimum topic size 5: the least that is chosen, for 400 documents.',
  'Neighbours 15: as umap-learn and BERTopic have it, whatever the number of documents.',
];

export interface FakeProject {
  summary: ProjectSummary;
  topics: Topic[];
  map: MapData;
  text: (row: number) => string;
}

const themes = [
  'hockey team season goal league player ice coach playoff score',
  'orbit shuttle launch moon satellite rocket lunar mission spacecraft probe',
  'encryption key clipper chip escrow privacy wiretap agency algorithm secure',
  'engine car dealer mileage brake wheel ford tire clutch oil',
  'god church faith bible scripture christian prayer belief sin gospel',
  'window widget motif server display xterm client event callback visual',
  'disk drive scsi controller floppy ide cable boot jumper partition',
  'doctor patient disease treatment medicine symptom dose infection clinical diet',
  'gun firearm weapon amendment militia rifle permit crime police ban',
  'image jpeg gif pixel color format viewer bitmap palette compress',
  'voltage circuit amplifier resistor battery signal wire chip power ground',
  'bike ride motorcycle helmet rider dog gear honda lane insurance',
];

/** Deterministic uniform numbers in [0, 1) (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function makeProject(documents: number, topicCount = 36, hoverText = true): FakeProject {
  const next = uniform(7);
  const gauss = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const centres = Array.from({ length: topicCount }, (_, t) => {
    const angle = t * 2.399963;
    const radius = 1.5 * Math.sqrt(t + 0.5);
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle), s: 0.25 + 0.35 * next() };
  });
  const x = new Float32Array(documents);
  const y = new Float32Array(documents);
  const topic = new Int32Array(documents);
  const probability = new Float32Array(documents);
  const length = new Int32Array(documents);
  const label = new Int32Array(documents);
  const date = new Float64Array(documents);
  const expert = new Int32Array(documents);
  const counts = new Array<number>(topicCount).fill(0);
  let outliers = 0;
  for (let i = 0; i < documents; i++) {
    const t = Math.min(topicCount - 1, Math.floor(topicCount * next() ** 1.6));
    const far = next() < 0.12;
    const spread = far ? 1.6 : centres[t].s;
    x[i] = centres[t].x + spread * gauss();
    y[i] = centres[t].y + spread * gauss();
    topic[i] = far ? -1 : t;
    probability[i] = far ? 0 : 0.4 + 0.6 * next();
    length[i] = Math.round(20 + 300 * next() ** 3);
    label[i] = (t * 7) % 6;
    date[i] = Date.UTC(2020, Math.floor(24 * next()), 1 + Math.floor(28 * next()));
    expert[i] = t % 8;
    if (far) outliers++;
    else counts[t]++;
  }
  const topics: Topic[] = counts.map((count, id) => {
    const words = themes[id % themes.length].split(' ');
    const turn = Math.floor(id / themes.length);
    const own = [...words.slice(turn), ...words.slice(0, turn)];
    return {
      id,
      name: own.slice(0, 3).join(' · '),
      count,
      share: count / documents,
      keywords: own.map((keyword, k) => ({ keyword, weight: 0.12 / (k + 1) + 0.01 })),
      representatives: [`doc-${id}`],
    };
  });
  if (outliers > 0)
    topics.unshift({
      id: -1,
      name: 'outliers',
      count: outliers,
      share: outliers / documents,
      keywords: [{ keyword: 'also', weight: 0.01 }],
      representatives: [],
    });
  const text = (row: number): string => {
    const words = themes[Math.max(0, topic[row]) % themes.length].split(' ');
    const own = uniform(row + 1);
    return Array.from({ length: length[row] }, () => words[Math.floor(words.length * own())]).join(' ');
  };
  const hue = (t: number, light: boolean): string => hex((t * 137.508) % 360, 0.62, light ? 0.42 : 0.66);
  const map: MapData = {
    x,
    y,
    topic,
    probability,
    length,
    label,
    labelNames: ['sport', 'science', 'religion', 'computers', 'politics', 'motors'],
    date,
    expert,
    expertNames: Array.from({ length: 8 }, (_, e) => `layer 4 · expert ${e}`),
    assignedBy: new Uint8Array(documents),
    assignments: ['fit', 'outlier-reduction', 'user', 'transform'],
    hover: hoverText ? Array.from({ length: documents }, (_, i) => text(i).slice(0, 160)) : [],
    colors: {
      light: Object.fromEntries([...counts.keys()].map((t) => [t, hue(t, true)])),
      dark: Object.fromEntries([...counts.keys()].map((t) => [t, hue(t, false)])),
    },
    names: centres.map((c, t) => ({
      level: t < 8 ? 0 : t < 20 ? 1 : 2,
      x: c.x,
      y: c.y,
      text: topics.find((topic) => topic.id === t)!.name,
      topics: [t],
      reach: [1, 1] as const,
    })),
  };
  const summary: ProjectSummary = {
    path: '/generated/example.moetopic',
    name: 'example',
    documents,
    topics,
    outliers,
    empty: 0,
    truncated: 12,
    skipped: 0,
    predicted: 0,
    seed: 42,
    minTopicSize: 40,
    reasons,
    model: 'minilm-moe',
    device: 'cpu',
    embedding: 'concat',
    undoable: 0,
    redoable: 0,
    seconds: { load: 0.4, embed: 12.1, reduce: 3.2, cluster: 0.8, keywords: 0.6, map: 0.1, total: 17.2 },
    labels: map.labelNames,
    hasDates: true,
    manifest: { seed: 42, 'embed.embedding': 'concat' },
  };
  return { summary, topics, map, text };
}

function hex(hue: number, saturation: number, lightness: number): string {
  const a = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number): string => {
    const k = (n + hue / 30) % 12;
    const value = lightness - a * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(255 * value)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}

export const fakeInfo: AppInfo = {
  version: '0.1.0',
  versions: { node: '20', onnxruntime: '1.30.0' },
  platform: 'linux',
  cores: 2,
  memoryBytes: 16e9,
  cacheFolder: '/generated/cache',
  cacheBytes: 12e6,
  cacheLimit: 20e9,
  cacheFixed: false,
  models: [
    {
      name: 'minilm-moe',
      title: 'MiniLM-MoE (bundled)',
      where: 'bundled',
      installed: true,
      family: 'bert-moe',
      license: 'Apache-2.0',
      bytes: 26e6,
      memoryBytes: 200e6,
      devices: ['cpu'],
      languages: ['en'],
      precision: 'int8',
      fits: true,
      hub: null,
      parameters: { total: 22.6e6, active: 18.7e6 },
      gate: 'sparse, softmax top-8 of 32',
      experts: { count: 32, active: 8, layers: 6 },
      memory: null,
      figures: [],
      note: '',
    },
  ],
  recent: [
    {
      path: '/generated/example.moetopic',
      name: 'example',
      documents: 20_000,
      opened: '2026-01-02T10:00:00Z',
    },
  ],
  corpora: [
    {
      name: 'debian-packages',
      title: 'Debian packages',
      documents: 18_500,
      ready: true,
      text: 'Long descriptions of Debian packages.',
    },
    {
      name: '20newsgroups',
      title: '20 Newsgroups',
      documents: 18_846,
      ready: false,
      text: 'Posts of twenty newsgroups.',
    },
  ],
  params: [
    {
      stage: 'embed',
      params: [
        { name: 'model', help: 'The model that embeds.', default: 'minilm-moe', type: 'string' },
        {
          name: 'embedding',
          help: 'What stands for a document.',
          default: 'concat',
          type: 'string',
          choices: ['hs', 'rw', 'concat', 'sum'],
        },
      ],
    },
    {
      stage: 'reduce',
      params: [
        {
          name: 'neighbors',
          help: 'Neighbours of a document.',
          default: 15,
          type: 'number',
          unit: 'documents',
        },
        { name: 'minDist', help: 'Least distance on the map.', default: 0, type: 'number', advanced: true },
      ],
    },
    {
      stage: 'cluster',
      params: [
        { name: 'minTopicSize', help: 'Smallest topic.', default: 'auto', type: 'string', unit: 'documents' },
      ],
    },
  ],
};
