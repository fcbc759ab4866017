/**
 * How the default clustering was chosen: `node test/bench/defaults.mjs FOLDER [WHAT THEY ARE]`, into defaults.md.
 * FOLDER holds NAME.npy, each made by `moetopic embed ../shared/corpora/NAME.csv.gz --out FOLDER/NAME.npy`; layouts are kept beside them.
 * Each variant changes one of the defaults; AMI is over all rows against the corpus' labels, outliers and empty texts as one topic.
 */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../../app/scripts/bundle.mjs';

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

const [folder, what = 'the bundled model'] = process.argv.slice(2);
const core = await load();
const context = core.quietContext();
const tables = [];
for (const name of corpora.filter((c) => existsSync(path.join(folder, `${c}.npy`)))) {
  const corpus = await core.readCorpus(
    path.join(root, '..', 'shared', 'corpora', `${name}.csv.gz`),
    core.corpusParams.parse({ label: 'label' }),
    context,
  );
  const rows = core.rowsWithText(corpus.ids.length, corpus.empty);
  const points = await layout(name, rows);
  tables.push({
    name,
    results: await Promise.all(variants.map(([, v]) => measure(corpus, rows, points, v))),
  });
  console.error(name);
}
const head = `| | ${tables.map((t) => t.name).join(' | ')} | mean AMI |`;
const lines = variants.map(([line], v) => {
  const cells = tables.map(({ results }) => {
    const { topics, outliers, ami } = results[v];
    return `${ami.toFixed(3)} (${topics}, ${(100 * outliers).toFixed(0)} %)`;
  });
  const mean = tables.reduce((sum, t) => sum + t.results[v].ami, 0) / tables.length;
  return `| ${line} | ${cells.join(' | ')} | ${mean.toFixed(3)} |`;
});
const text = `# How the default clustering was chosen

Written by \`node test/bench/defaults.mjs FOLDER\`; embeddings: ${what}. AMI with the corpus' labels over all rows (topics, outliers); each line changes one default.

${head}\n|${'---|'.repeat(tables.length + 2)}\n${lines.join('\n')}\n`;
writeFileSync(fileURLToPath(new URL('defaults.md', import.meta.url)), text);
console.log(text);

/** UMAP's five coordinates of the rows with text. */
async function layout(name, rows) {
  const file = path.join(folder, `${name}-umap5.npy`);
  if (existsSync(file)) return core.readNpy(file);
  const input = core.pickRows(await core.readNpy(path.join(folder, `${name}.npy`)), rows);
  const open = await core.openReduction(input, core.reduceParams.parse({}), context);
  const points = await open.components(context);
  await open.close();
  await core.writeNpy(file, points);
  return points;
}

async function measure(corpus, rows, points, { root: part = 4, minSamples = 2, plain = false, ...over }) {
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
  const outfile = path.join(root, 'dist', 'bench', 'defaults-core.mjs');
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
  await build({
    stdin: {
      contents: files
        .map((f) => `export * from ${JSON.stringify(path.join(root, 'core', `${f}.ts`))};`)
        .join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
    external: ['onnxruntime-node', '@duckdb/node-api'],
    banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}
