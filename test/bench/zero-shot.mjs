/**
 * From which cosine on a document should belong to a topic that is only named: `node test/bench/zero-shot.mjs`, into zero-shot.md.
 * The classes' names stand for the topics; documents and names are embedded by the bundled model, as a run does.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadCore } from './environment.mjs';
import { labelledCorpus } from './samples.mjs';

export const name = 'zero-shot';
/** Those whose labels are names in words. */
const corpora = ['ag_news_test', 'clinc150', 'banking77'];
const thresholds = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7];

/** Rows { name, threshold, precision, recall, f1 } of the documents that names take. */
export async function run({ say = () => undefined } = {}) {
  const core = await loadCore();
  const context = core.quietContext();
  const tables = [];
  for (const corpusName of corpora) {
    say(`zero-shot: ${corpusName}`);
    const found = await labelledCorpus(core, corpusName);
    if (found === null) continue;
    const { corpus, matrix, params, recipe } = found;
    // Every other class is named: people seldom know all topics, and the others' documents should be left to the clustering.
    const classes = [...new Set(corpus.labels)]
      .filter((label) => label !== 'oos')
      .sort()
      .filter((_, c) => c % 2 === 0);
    const named = corpus.labels.filter((label) => classes.includes(label)).length;
    const names = await core.embedDocuments(
      classes.map((label) => label.replaceAll(/[_.]/g, ' ')),
      params,
      context,
      recipe,
    );
    const { similarity, assigned } = core.zeroShot(matrix, names, -1);
    for (const threshold of thresholds) {
      const taken = [...similarity.keys()].filter((d) => similarity[d] >= threshold);
      const right = taken.filter((d) => classes[assigned[d]] === corpus.labels[d]);
      const [precision, recall] = [right.length / (taken.length || 1), right.length / named];
      tables.push({ name: corpusName, threshold, precision, recall, f1: f1(precision, recall) });
    }
  }
  writeFileSync(fileURLToPath(new URL('zero-shot.md', import.meta.url)), page(tables));
  return tables;
}

const f1 = (precision, recall) => (2 * precision * recall) / (precision + recall || 1);

function page(tables) {
  const found = [...new Set(tables.map((t) => t.name))];
  const lines = thresholds.map((threshold) => {
    const cells = found.map((c) => {
      const { precision, recall, f1 } = tables.find((t) => t.name === c && t.threshold === threshold);
      return `${(100 * recall).toFixed(0)} %, ${(100 * precision).toFixed(0)} %, ${f1.toFixed(2)}`;
    });
    const own = tables.filter((t) => t.threshold === threshold);
    const mean = own.reduce((sum, t) => sum + t.f1, 0) / own.length;
    return `| ${threshold} | ${cells.join(' | ')} | ${mean.toFixed(2)} |`;
  });
  return `# From which similarity on a named topic takes a document

Written by \`node test/bench/zero-shot.mjs\`: the names of every other class (and nothing else) stand for topics, embedded by the bundled model
as a run does; the other classes' documents should be left to the clustering. In each cell: documents of the named classes that their name
takes, documents taken by a name that are of its class, and the F₁ of both.

| least cosine | ${found.join(' | ')} | mean F₁ |
|---|${found.map(() => '---|').join('')}---|
${lines.join('\n')}

The default is 0.15: F₁ is at its height up to there, and the share of right ones grows with it. At 0.7, BERTopic's default, names take
next to nothing here; it suits embeddings whose cosines are larger.
`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await run({ say: console.error });
}
