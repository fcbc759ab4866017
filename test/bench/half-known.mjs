/**
 * What labels of some documents do for the others: `npm run bench -- --only half-known`, into half-known.md. AMI of the documents without a
 * label against their true ones, outliers as one topic; all defaults, the bundled model.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadCore } from './environment.mjs';
import { labelledCorpus } from './samples.mjs';

export const name = 'half-known';
const corpora = ['banking77', 'ag_news_test'];
const shares = [0.5, 0.1];

/** Rows { what, value }, and the page. */
export async function run({ say = () => undefined } = {}) {
  const core = await loadCore();
  const context = core.quietContext();
  const rows = [];
  for (const corpusName of corpora) {
    say(`half-known: ${corpusName}`);
    const found = await labelledCorpus(core, corpusName);
    if (found === null) continue;
    const { corpus, matrix } = found;
    const names = [...new Set(corpus.labels)];
    const topics = async (targets, passLabelsOn = false) => {
      const extras = targets ? { targets, passLabelsOn } : {};
      const { components } = await core.reduce(matrix, core.reduceParams.parse({}), context, extras);
      return (await core.cluster(components, core.clusterParams.parse({}), context)).labels;
    };
    const alone = await topics();
    for (const share of shares) {
      // Multiplying by 2^32 over the golden ratio scatters the row numbers evenly.
      const known = corpus.labels.map((_, d) => (Math.imul(d + 1, 2654435761) >>> 0) / 2 ** 32 < share);
      const targets = Int32Array.from(corpus.labels, (l, d) => (known[d] ? names.indexOf(l) : -1));
      const others = [...known.keys()].filter((d) => !known[d]);
      const ami = (labels) =>
        core.labelScores(
          others.map((d) => corpus.labels[d]),
          Int32Array.from(others, (d) => labels[d]),
        ).ami;
      rows.push({
        corpus: corpusName,
        share,
        without: ami(alone),
        umap: ami(await topics(targets)),
        passed: ami(await topics(targets, true)),
      });
    }
  }
  writeFileSync(fileURLToPath(new URL('half-known.md', import.meta.url)), page(rows));
  return rows.map((r) => ({
    what: `${r.corpus}, ${100 * r.share} % of the labels given`,
    value: `AMI of the other documents ${r.without.toFixed(3)} without, ${r.umap.toFixed(3)} by umap-learn’s way, ${r.passed.toFixed(3)} passed on`,
  }));
}

function page(rows) {
  const lines = rows.map(
    (r) =>
      `| ${r.corpus} | ${100 * r.share} % | ${r.without.toFixed(3)} | ${r.umap.toFixed(3)} | ${r.passed.toFixed(3)} |`,
  );
  return `# What labels of some documents do for the others

Written by \`npm run bench -- --only half-known\`: AMI of the documents without a label against their true ones, all defaults, the bundled model.

| | labels given | without them | as umap-learn | passed on first |
|---|--:|--:|--:|--:|
${lines.join('\n')}

umap-learn weakens the graph's edges between different labels and to documents without one, which says little of those. A run with a column passes labels
on first, to documents whose labelled neighbours agree (core/reduce/pass-labels.ts).
`;
}
