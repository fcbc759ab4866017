// What editing topics costs once words are counted: no peer does these, so only our seconds; each should stay under one.
import { availableParallelism } from 'node:os';
import { loadCore, median, timed } from './environment.mjs';
import { embeddedCorpus } from './samples.mjs';

export const name = 'keywords';

/** Rows { what, rows, note, seconds }: every operation on 140 topics of the corpus, one document in three an outlier. */
export async function run({ repeats = 3, threads = availableParallelism(), say = () => undefined } = {}) {
  const core = await loadCore();
  const context = core.quietContext({ threads });
  const { name: corpus, texts, matrix } = await embeddedCorpus(core, threads);
  const params = core.keywordParams.parse({});
  const terms = await core.vectorise(texts, params, context);
  // Nearest of 140 documents by cosine: uneven groups that hold together, as topics do.
  const labels = nearest(matrix, 140).map((topic, i) => (i % 3 === 2 ? -1 : topic));
  const state = core.initialState(labels);
  const tools = {
    texts,
    context,
    topicTerms: async (s) => core.topicTerms(terms, s.labels, params),
    embedding: async () => matrix,
    membership: async () => null,
    cluster: async (rows) => rows.map((_, i) => i % 3),
  };
  const operations = {
    'merge two topics': { type: 'merge', topics: [3, 7] },
    'split a topic, without its clustering': { type: 'split', topic: 3 },
    'reduce to 50 topics': { type: 'reduce', to: 50 },
    'outliers by c-TF-IDF': { type: 'outliers', strategy: 'ctfidf', threshold: 0.1 },
    'outliers by embedding': { type: 'outliers', strategy: 'embedding', threshold: 0.1 },
    'outliers by distribution': { type: 'outliers', strategy: 'distribution', threshold: 0.1 },
  };
  const measured = {
    'keywords of all topics again': () => core.topicKeywords(terms, labels, params),
    'a stop word more': () => core.editTerms(terms, { stopWords: ['people'] }),
    hierarchy: () => core.topicHierarchy(core.similarityByTerms(core.topicTerms(terms, labels, params))),
  };
  for (const [what, operation] of Object.entries(operations))
    measured[what] = () => core.applyOperation(state, operation, tools);
  const results = [];
  for (const [what, work] of Object.entries(measured)) {
    say(`keywords: ${what}`);
    await work();
    const seconds = [];
    for (let i = 0; i < repeats; i++) seconds.push((await timed(async () => work())).seconds);
    results.push({ what, rows: texts.length, note: corpus, seconds: median(seconds) });
  }
  return results;
}

function nearest({ data, rows, columns }, count) {
  const step = Math.floor(rows / count);
  return Int32Array.from({ length: rows }, (_, i) => {
    let best = 0;
    let most = -Infinity;
    for (let t = 0; t < count; t++) {
      let dot = 0;
      for (let c = 0; c < columns; c++) dot += data[i * columns + c] * data[t * step * columns + c];
      if (dot > most) {
        most = dot;
        best = t;
      }
    }
    return best;
  });
}
