/**
 * Some stages on synthetic documents, in a process of its own: `node growth-stage.mjs GROUP ROWS THREADS FOLDER` prints
 * { stage: { seconds, cpu, peak }, … } as the last line, where `peak` is the largest resident size in bytes while the stage ran, the
 * embeddings included. What later groups need is kept in FOLDER.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadCore, timed } from './environment.mjs';
import { documentsOf } from './growth-texts.mjs';

const [group, rowsWanted, threads, folder] = process.argv.slice(2);
const rows = Number(rowsWanted);
const core = await loadCore();
const context = core.quietContext({ threads: Number(threads) });
const at = (file) => path.join(folder, `${rows}-${file}`);
const stages = {};

/** Linux forgets the peak so far when asked; elsewhere the process's peak stands for the stage's. */
function forgetPeak() {
  if (existsSync('/proc/self/clear_refs')) writeFileSync('/proc/self/clear_refs', '5');
}

function peak() {
  const status = '/proc/self/status';
  const told = existsSync(status) ? /VmHWM:\s*(\d+)/.exec(readFileSync(status, 'utf8')) : null;
  return 1024 * Number(told?.[1] ?? process.resourceUsage().maxRSS);
}

async function stage(name, work) {
  forgetPeak();
  const { value, seconds, cpu } = await timed(work);
  stages[name] = { seconds, cpu, peak: peak() };
  return value;
}

/** Held from beginning to end, as a run does. */
const embeddings = core.around(await core.readNpy(path.join(folder, 'real.npy')), rows);

const groups = {
  async reduce() {
    const open = await stage('neighbours', () =>
      core.openReduction(embeddings, core.parseRunParams({}).reduce, context),
    );
    const points = await stage('layout 5-D', () => open.components(context));
    const map = await stage('layout 2-D', () => open.map(context));
    await open.close();
    stages.neighbours.search = open.recipe.search;
    stages.neighbours.recall = open.recipe.recall;
    await core.writeNpy(at('points.npy'), points);
    await core.writeNpy(at('map.npy'), map);
  },
  async cluster() {
    const points = await core.readNpy(at('points.npy'));
    const { labels } = await stage('clusters', () =>
      core.cluster(points, core.parseRunParams({}).cluster, context),
    );
    writeFileSync(at('labels.bin'), labels);
    stages.clusters.topics = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  },
  async keywords() {
    const bytes = readFileSync(at('labels.bin'));
    const labels = new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    const texts = documentsOf(labels, new core.Random(3));
    const params = core.parseRunParams({ language: 'en' }).keywords;
    const terms = await stage('vectorise', () => core.vectorise(texts, params, context));
    const topics = await stage('c-TF-IDF and topics', () =>
      core.topicTable(
        {
          terms,
          labels,
          ids: texts.map((_, i) => String(i)),
          duplicateOf: new Int32Array(rows).fill(-1),
          embedWords: null,
          embedding: embeddings,
        },
        params,
        context,
      ),
    );
    const map = await core.readNpy(at('map.npy'));
    const [x, y] = [0, 1].map((c) => core.column(map, c));
    await stage('map figure', () => core.topicMap({ x, y, labels, topics, texts }));
  },
};

await groups[group]();
console.log(JSON.stringify(stages));
