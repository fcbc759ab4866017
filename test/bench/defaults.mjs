/**
 * How the default clustering was chosen: `npm run bench -- --only defaults [--folder DIR]`, into defaults.md (needs `npm run build`). DIR
 * keeps the embeddings (NAME.npy) and layouts between runs. AMI is over all rows against the corpus' labels, outliers and empty texts
 * as one topic.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../app/scripts/bundle.mjs';
import { bundled } from './bundled.mjs';
import { cache, shared } from './environment.mjs';

const corpora = ['20newsgroups', 'arxiv', 'ag_news_test', 'banking77', 'clinc150', 'thucnews_titles_zh'];
const variants = [
  ['the defaults', {}],
  ['a topic needs √n / 8', { root: 8 }],
  ['a topic needs √n / 2', { root: 2 }],
  ['1 neighbour', { minSamples: 1 }],
  ['5 neighbours', { minSamples: 5 }],
  ['at most 10 % outliers', { outliers: 0.1 }],
  ['at most 20 % outliers', { outliers: 0.2 }],
  ['split above a tenth', { largest: 0.1 }],
  ['split above a third', { largest: 1 / 3 }],
  ['excess of mass as in the reference', { plain: true }],
];

export const name = 'defaults';

/**
 * Rows { what, value } of the defaults alone; all variants go into defaults.md.
 * @param folder of embeddings and layouts: what it lacks is made there.
 */
export async function run({
  folder = path.join(cache, 'defaults'),
  what = 'the bundled model, concat',
  say = () => undefined,
} = {}) {
  mkdirSync(folder, { recursive: true });
  const core = await load();
  const context = core.quietContext();
  const tables = [];
  for (const name of corpora) {
    const source = shared('corpora', `${name}.csv.gz`);
    if (source === null) continue;
    say(`defaults: ${name}`);
    const embeddings = path.join(folder, `${name}.npy`);
    if (!existsSync(embeddings)) {
      const cli = path.join(root, 'dist', 'cli.js');
      execFileSync(process.execPath, [cli, 'embed', source, '--out', embeddings], { stdio: 'ignore' });
    }
    const corpus = await core.readCorpus(source, core.corpusParams.parse({ label: 'label' }), context);
    const rows = core.rowsWithText(corpus.ids.length, corpus.empty);
    const points = await layout(core, context, folder, name, rows);
    const results = [];
    for (const [, variant] of variants)
      results.push(await measure(core, context, corpus, rows, points, variant));
    tables.push({ name, results });
  }
  writeFileSync(fileURLToPath(new URL('defaults.md', import.meta.url)), page(tables, what));
  return tables.map(({ name, results: [{ ami, topics, outliers }] }) => ({
    what: name,
    value: `AMI ${ami.toFixed(3)}, ${topics} topics, ${(100 * outliers).toFixed(1)} % outliers`,
  }));
}

function page(tables, what) {
  const head = `| | ${tables.map((t) => t.name).join(' | ')} | mean AMI |`;
  const lines = variants.map(([line], v) => {
    const cells = tables.map(({ results }) => {
      const { topics, outliers, ami } = results[v];
      return `${ami.toFixed(3)} (${topics}, ${(100 * outliers).toFixed(0)} %)`;
    });
    const mean = tables.reduce((sum, t) => sum + t.results[v].ami, 0) / tables.length;
    return `| ${line} | ${cells.join(' | ')} | ${mean.toFixed(3)} |`;
  });
  return `# How the default clustering was chosen

Written by \`npm run bench -- --only defaults\`; embeddings: ${what}. AMI with the corpus' labels over all rows (topics, outliers); each line changes one default.

${head}\n|${'---|'.repeat(tables.length + 2)}\n${lines.join('\n')}

BERTopic 0.17.4 with all-MiniLM-L6-v2 (../shared/reference): 20newsgroups 0.415 (145, 34 %), arxiv 0.513 (3, 0 %), ag_news_test 0.305
(99, 29 %), banking77 0.698 (295, 12 %), clinc150 0.485 (349, 14 %); MiniLM reads no Chinese.
${small}`;
}

/** Measured with a script that draws rows by chance; kept because the sizes of tiny corpora were chosen from it. */
const small = `
## Small corpora

Rows drawn from the corpora at random, three draws each: mean AMI with the defaults, and with BERTopic's least topic size (10), which the
reference's selection goes with, on the same layouts.

| documents | 20newsgroups | arxiv | ag_news_test | banking77 | clinc150 | thucnews_titles_zh | mean | least size 10 |
|---|---|---|---|---|---|---|---|---|
| 100 | 0.459 | 0.618 | 0.406 | 0.313 | 0.378 | 0.127 | 0.384 | 0.281 |
| 300 | 0.451 | 0.663 | 0.415 | 0.528 | 0.480 | 0.158 | 0.449 | 0.364 |
| 1,000 | 0.498 | 0.673 | 0.374 | 0.676 | 0.527 | 0.169 | 0.486 | 0.418 |
| 5,000 (one draw) | 0.498 | 0.629 | 0.347 | 0.754 | 0.549 | 0.169 | 0.491 | 0.434 |

Fewer than 60 documents: five or six draws each, mean of the first five corpora (the Chinese titles come out at 0.07 to 0.13). Of 30 draws
of 20 documents 6 had no topic at all with 15 neighbours and five documents a topic, whatever the number of documents; now none.

| documents | before: 15 neighbours, 5 a topic | 15 neighbours, a twelfth a topic | a quarter neighbours, a twelfth a topic |
|---|---|---|---|
| 20 | 0.118 | 0.149 | 0.221 |
| 35 | 0.236 | 0.263 | 0.297 |
| 50 | 0.301 | 0.310 | 0.329 |
`;

/** UMAP's five coordinates of the rows with text. */
async function layout(core, context, folder, name, rows) {
  const file = path.join(folder, `${name}-umap5.npy`);
  if (existsSync(file)) return core.readNpy(file);
  const input = core.pickRows(await core.readNpy(path.join(folder, `${name}.npy`)), rows);
  const open = await core.openReduction(input, core.reduceParams.parse({}), context);
  const points = await open.components(context);
  await open.close();
  await core.writeNpy(file, points);
  return points;
}

async function measure(
  core,
  context,
  corpus,
  rows,
  points,
  { root: part = 4, minSamples = 2, plain = false, ...over },
) {
  const { goal } = core.chooseSizes(core.clusterParams.parse({}), points.rows);
  const size = Math.max(5, Math.round(Math.sqrt(points.rows) / part));
  const { edges } = await core.spanningTree(points, minSamples, true, context);
  const tree = core.condense(core.singleLinkage(edges), size);
  const clusters = core.clusterTree(tree);
  const options = { method: 'eom', epsilon: 0, maxClusterSize: 0, allowSingleCluster: false };
  const selected = plain
    ? core.selectClusters(tree, clusters, options)
    : core.selectWithFewOutliers(tree, clusters, { ...goal, ...over });
  const found = core.labelPoints(clusters, selected, options).labels;
  const labels = core.spread(found, rows, corpus.ids.length, -1);
  const { ami } = core.labelScores(corpus.labels, labels);
  return { topics: selected.length, outliers: labels.filter((l) => l < 0).length / labels.length, ami };
}

async function load() {
  const files = [
    'cluster/index',
    'cluster/auto',
    'cluster/spanning-tree',
    'cluster/linkage',
    'cluster/condense',
    'cluster/cluster-tree',
    'cluster/select',
    'cluster/few-outliers',
    'cluster/labels',
    'reduce/index',
    'corpus/index',
    'topics/evaluate/labels',
    'base/npy',
    'base/progress',
    'run/spread',
  ];
  return bundled(
    'defaults-core',
    files.map((f) => `export * from ${JSON.stringify(path.join(root, 'core', `${f}.ts`))};`).join('\n'),
  );
}
