/** Everything after embedding, ours and BERTopic's, with the same embeddings, warm, turn by turn in one run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { loadCore, median, timed } from './environment.mjs';
import { Peer } from './peer.mjs';
import { embeddedCorpus, first } from './samples.mjs';

export const name = 'pipeline';

/** As umap-learn, pynndescent and hdbscan are set for the reference: 15 neighbours, 5 dimensions, 15 documents a topic. */
const settings = {
  neighbors: 15,
  components: 5,
  minDist: 0,
  metric: 'cosine',
  minTopicSize: 15,
  minSamples: 15,
  ngrams: '1-1',
  language: 'en',
};

/** Documents of a warm-up: above 4,096 umap-learn searches neighbours with the code that the whole corpus takes. */
const warmUp = 5000;

/**
 * Every stage after embedding, one after another: name → { seconds, cpu }, and the number of topics.
 * @param again how often the stages of some milliseconds are done, the least time of which is taken
 */
export async function stages(core, sample, threads, again = 1) {
  const params = core.parseRunParams(settings);
  const context = core.quietContext({ threads });
  const times = {};
  const step = async (stage, work) => {
    const { value, seconds, cpu } = await timed(work);
    times[stage] = { seconds, cpu };
    return value;
  };
  const short = async (stage, work) => {
    let value = await step(stage, work);
    let least = times[stage];
    for (let turn = 1; turn < again; turn++) {
      value = await step(stage, work);
      if (times[stage].cpu < least.cpu) least = times[stage];
    }
    times[stage] = least;
    return value;
  };
  const { texts, matrix } = sample;
  const open = await step('neighbours', () => core.openReduction(matrix, params.reduce, context));
  const points = await step('layout 5-D', () => open.components(context));
  const map = await step('layout 2-D', () => open.map(context));
  await open.close();
  const { labels } = await short('cluster', () => core.cluster(points, params.cluster, context));
  const terms = await short('vectorise', () => core.vectorise(texts, params.keywords, context));
  await short('c-TF-IDF', () => {
    const classes = core.classTerms(terms, labels);
    return core.ctfidf(classes, params.keywords, core.inverseFrequency(classes, params.keywords));
  });
  const topics = await short('topics', () =>
    core.topicTable(
      {
        terms,
        labels,
        ids: texts.map((_, i) => String(i)),
        duplicateOf: new Int32Array(texts.length).fill(-1),
        embedWords: null,
        embedding: matrix,
      },
      params.keywords,
      context,
    ),
  );
  const [x, y] = [0, 1].map((c) => core.column(map, c));
  await short('map figure', () => core.topicMap({ x, y, labels, topics, texts }));
  return { times, topics: topics.filter((topic) => topic.id >= 0).length };
}

/** What counts as what: parts of ours, the part of BERTopic's that they stand against, and the most the ratio may be. */
const comparisons = [
  ['UMAP 5-D as part of it', ['neighbours', 'layout 5-D'], 'umap', 'umap-learn with random_state', 0.3],
  ['vectorise + c-TF-IDF', ['vectorise', 'c-TF-IDF'], 'ctfidf', "BERTopic's", 0.5],
  [
    'everything after embedding but the 2-D map',
    ['neighbours', 'layout 5-D', 'cluster', 'vectorise', 'topics'],
    'total',
    'BERTopic.fit with embeddings given',
    0.4,
  ],
  [
    'everything after embedding, 2-D layout and map figure included',
    ['neighbours', 'layout 5-D', 'layout 2-D', 'cluster', 'vectorise', 'topics', 'map figure'],
    'total',
    'BERTopic.fit (which draws no map)',
    1,
  ],
];

/** Rows { what, rows, seconds, peer, peerSeconds, ratio, cpuRatio, limit }. */
export async function run({
  python = null,
  repeats = 3,
  threads = availableParallelism(),
  documents = Infinity,
  say = () => undefined,
} = {}) {
  const core = await loadCore();
  const sample = first(await embeddedCorpus(core, threads), documents);
  const count = sample.texts.length;
  const folder = mkdtempSync(path.join(tmpdir(), 'moetopic-bench-'));
  const peer = python === null ? null : new Peer(python, 'pipeline.py');
  try {
    if (peer) {
      const files = {
        texts: path.join(folder, 'texts.json'),
        embeddings: path.join(folder, 'embeddings.npy'),
      };
      writeFileSync(files.texts, JSON.stringify(sample.texts));
      await core.writeNpy(files.embeddings, sample.matrix);
      await peer.ask({ do: 'load', ...files });
      say('pipeline: warming up');
      await peer.ask({ do: 'fit', count: Math.min(warmUp, count) });
    }
    await stages(core, first(sample, warmUp), threads);
    const [ours, theirs] = [[], []];
    let found = {};
    for (let repeat = 0; repeat < repeats; repeat++) {
      const own = await stages(core, sample, threads);
      ours.push(own.times);
      found = { ours: own.topics };
      say(`pipeline, turn ${repeat + 1} of ${repeats}: ours ${seconds(own.times)}`);
      if (!peer) continue;
      const { topics, ...fit } = await peer.ask({ do: 'fit', count });
      theirs.push(fit);
      say(`  the peer ${seconds(theirs.at(-1))}`);
      found.theirs = topics;
    }
    const note = `${sample.name}, ${sample.matrix.columns} dimensions${found.theirs ? `; ${found.ours} topics, BERTopic ${found.theirs}` : ''}`;
    return comparisons.map(([what, parts, part, peerName, limit]) => {
      const sum = (measure) => ours.map((t) => parts.reduce((all, p) => all + t[p][measure], 0));
      const of = (measure) => theirs.map((t) => t[part][measure]);
      const each = (measure) => sum(measure).map((own, i) => own / of(measure)[i]);
      return {
        what,
        rows: count,
        note,
        seconds: median(sum('seconds')),
        peer: peerName,
        peerSeconds: peer ? median(of('seconds')) : null,
        // Turn by turn, so that what else the machine did weighs on both alike.
        ratio: peer ? median(each('seconds')) : null,
        cpuRatio: peer ? median(each('cpu')) : null,
        limit,
      };
    });
  } finally {
    peer?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every part in seconds, for the person who waits. */
function seconds(times) {
  return Object.entries(times)
    .map(([part, t]) => `${part} ${t.seconds.toFixed(2)} (cpu ${t.cpu.toFixed(2)})`)
    .join(', ');
}
