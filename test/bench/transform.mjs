/**
 * How far `moetopic transform` agrees with the fit, through the command line and with the bundled model, into transform.md:
 * `node test/bench/transform.mjs` (needs `npm run build`; the first time it embeds 20 Newsgroups). BERTopic's figures on the same corpus:
 * test/reference/topics/bertopic-transform.py.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadCore, root, shared } from './environment.mjs';

export const name = 'transform';
const changedDocuments = 2000;

/** Rows { what, value }: shares of non-outliers that keep their topic, AMI with the labels, outliers. Writes transform.md. */
export async function run({ say = () => undefined } = {}) {
  const source = shared('corpora', '20newsgroups.csv.gz');
  if (!source) return [];
  const core = await loadCore();
  const folder = mkdtempSync(path.join(tmpdir(), 'moetopic-transform-'));
  const at = (file) => path.join(folder, file);
  const cli = (...args) => {
    say(`transform: moetopic ${args[0]}`);
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 };
    return execFileSync(process.execPath, [path.join(root, 'dist', 'cli.js'), ...args], options);
  };
  try {
    const corpus = await core.readCorpus(
      source,
      core.corpusParams.parse({ label: 'label' }),
      core.quietContext(),
    );
    const { texts, labels } = corpus;
    const all = [...texts.keys()].filter((d) => texts[d].trim() !== '');
    const topicsOf = async (file) => {
      const found = await core.readColumns(file, core.quietContext());
      const topics = found.get('topic');
      return new Map(found.get('id').map((id, d) => [id, Number(topics[d])]));
    };
    const fit = async (name, rows, textOf = (d) => texts[d]) => {
      write(core, at(`${name}.csv`), rows, textOf, labels);
      cli(
        'run',
        at(`${name}.csv`),
        '--out',
        at(name),
        '--text',
        'text',
        '--id',
        'id',
        '--label',
        'label',
        '--json',
      );
      return topicsOf(path.join(at(name), 'documents.csv'));
    };
    const predict = async (project, name, rows, textOf = (d) => texts[d]) => {
      write(core, at(`${name}.csv`), rows, textOf, labels);
      cli(
        'transform',
        at(project),
        at(`${name}.csv`),
        '--out',
        at(`${name}-topics.csv`),
        '--text',
        'text',
        '--id',
        'id',
      );
      return topicsOf(at(`${name}-topics.csv`));
    };
    const kept = (before, after, rows) => {
      const inside = rows.filter((d) => before.get(String(d)) >= 0);
      return inside.filter((d) => before.get(String(d)) === after.get(String(d))).length / inside.length;
    };
    const scores = (found, rows) => {
      const own = Int32Array.from(rows, (d) => found.get(String(d)));
      const { ami } = core.labelScores(
        rows.map((d) => labels[d]),
        own,
      );
      return `AMI ${ami.toFixed(3)}, ${((100 * own.filter((t) => t < 0).length) / own.length).toFixed(1)} % outliers`;
    };

    const fitted = await fit('whole', all);
    const again = await predict('whole', 'again', all);
    const random = new core.Random(9);
    const some = all.filter(() => random.next() < changedDocuments / all.length);
    // Every tenth word left out: what a corrected or shortened copy of a document may be.
    const shorter = (d) =>
      texts[d]
        .split(/(\s+)/)
        .filter((_, w) => w % 20 !== 18)
        .join('');
    const changed = await predict('whole', 'changed', some, shorter);
    const held = all.filter(() => random.next() < 0.2);
    const isHeld = new Set(held);
    const rest = all.filter((d) => !isHeld.has(d));
    const part = await fit('part', rest);
    const partAgain = await predict('part', 'part-again', rest);
    const coming = await predict('part', 'held', held);
    const share = (value) => `${(100 * value).toFixed(1)} %`;
    const results = [
      [
        'the training documents themselves: non-outliers that keep their topic',
        share(kept(fitted, again, all)),
      ],
      ['the same, fitted on four fifths', share(kept(part, partAgain, rest))],
      [`${some.length} of them with every tenth word left out`, share(kept(fitted, changed, some))],
      ['topics of the fit on four fifths, against the labels', scores(part, rest)],
      ['predicted topics of the other fifth, against the labels', scores(coming, held)],
      ['topics that those documents have in the fit on all, against the labels', scores(fitted, held)],
    ].map(([what, value]) => ({ what, value }));
    writeFileSync(fileURLToPath(new URL('transform.md', import.meta.url)), page(results, all.length));
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(core, file, rows, textOf, labels) {
  const cell = (value) => `"${String(value).replaceAll('"', '""')}"`;
  writeFileSync(
    file,
    ['id,text,label', ...rows.map((d) => [d, textOf(d), labels[d]].map(cell).join(','))].join('\r\n') +
      '\r\n',
  );
}

function page(results, documents) {
  return `# How far transform agrees with the fit

Written by \`node test/bench/transform.mjs\`: \`moetopic run\` with its defaults and the bundled model on the ${documents} documents of 20 Newsgroups
that have a text, then \`moetopic transform\`.

| | |
|---|---|
${results.map(({ what, value }) => `| ${what} | ${value} |`).join('\n')}

BERTopic 0.17.4 with MiniLM (\`test/reference/topics/bertopic-transform.py\`), fitted on four fifths:
100.0 % keep their topic; AMI 0.433 with 35.4 % outliers fitted, 0.398 with 40.1 % outliers predicted.
`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  for (const { what, value } of await run({ say: console.error })) console.log(`${what}: ${value}`);
