// What each operation costs a person in an open project: everything from the click to the state in the file. No peer does these.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { loadCore, median, shared, timed } from './environment.mjs';

export const name = 'operations';

/** Rows { what, rows, note, seconds }: each operation and its undo on 20 Newsgroups with given embeddings; each should stay under one. */
export async function run({ repeats = 3, threads = availableParallelism(), say = () => undefined } = {}) {
  const core = await loadCore();
  const context = core.quietContext({ threads });
  const source = shared('corpora', '20newsgroups.csv.gz');
  const embeddings = shared('reference', '20newsgroups-minilm.f16.npy');
  if (!source || !embeddings) return [];
  const folder = await mkdtemp(path.join(tmpdir(), 'moetopic-operations-'));
  try {
    const file = path.join(folder, 'project.moetopic');
    const open = () => core.openProject(file, { create: true });
    const { project } = await core.run({ source, embeddings, params: {} }, open, context);
    await project.close();
    return await measured(core, file, context, repeats, say);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Each operation is done for the first time in a project that was just opened: nothing of it can be left from before. */
async function measured(core, file, context, repeats, say) {
  const seconds = new Map();
  const note = (what, value) => seconds.set(what, [...(seconds.get(what) ?? []), value]);
  let rows = 0;
  for (let i = 0; i < repeats; i++) {
    say(`operations: turn ${i + 1} of ${repeats}`);
    const opened = await timed(() => core.Session.open(file));
    const session = opened.value;
    try {
      rows = session.corpus.ids.length;
      note('open the project', opened.seconds);
      for (const [what, operation] of Object.entries(operationsOn(session))) {
        note(what, (await timed(() => core.performOperation(session, operation, context))).seconds);
        note(`${what}, undone`, (await timed(() => core.undoOperation(session, context))).seconds);
      }
    } finally {
      await session.close();
    }
  }
  return [...seconds].map(([what, values]) => ({
    what,
    rows,
    note: '20 Newsgroups',
    seconds: median(values),
  }));
}

function operationsOn(session) {
  const outliers = Array.from(session.state.labels.keys()).filter((d) => session.state.labels[d] < 0);
  return {
    'rename a topic, the first operation after opening': { type: 'rename', topic: 1, name: 'A name' },
    'merge two topics': { type: 'merge', topics: [3, 7] },
    'merge topics that are alike': { type: 'merge-similar', threshold: 0.3 },
    'merge groups of topics': {
      type: 'merge-groups',
      groups: [
        [1, 2],
        [3, 4],
      ],
    },
    'reduce to 20 topics': { type: 'reduce', to: 20 },
    'split a topic': { type: 'split', topic: 8 },
    'cluster again with another size': { type: 'recluster', minTopicSize: 50 },
    'delete a topic': { type: 'delete', topics: [5] },
    'move 500 documents': { type: 'move', rows: outliers.slice(0, 500), topic: 2 },
    'name several': { type: 'names', names: { 1: 'One', 2: 'Two' } },
    'pin keywords': { type: 'pin', topic: 1, keywords: ['game', 'team'] },
    'stop words more': { type: 'stop-words', add: ['people'] },
    'stop words fewer': { type: 'stop-words', remove: ['the'] },
    thesaurus: { type: 'thesaurus', entries: { cars: 'car' } },
    'n-grams of one and two words': { type: 'ngrams', range: '1-2' },
    'n-grams of one to three words': { type: 'ngrams', range: '1-3' },
    'outliers by membership': { type: 'outliers', strategy: 'membership', threshold: 0.05 },
    'outliers by embedding': { type: 'outliers', strategy: 'embedding', threshold: 0.1 },
    'outliers by c-TF-IDF': { type: 'outliers', strategy: 'ctfidf', threshold: 0.1 },
    'outliers by distribution': { type: 'outliers', strategy: 'distribution', threshold: 0.1 },
    'put outliers back': { type: 'restore-outliers' },
  };
}
