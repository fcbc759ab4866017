import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli, scratchFolder, type Finished } from './cli.ts';
import { writeDatedCorpus, writeSubjects } from './corpora.ts';

const { at, cache } = scratchFolder('analysis');
const project = at('run');
const bertopic = fileURLToPath(new URL('../reference/topics/bertopic-model', import.meta.url));
const cli = (...args: string[]): Promise<Finished> => runCli(cache, ...args);

/** Runs a command that has to succeed; its one JSON object. */
async function json<T = Record<string, unknown>>(...args: string[]): Promise<T> {
  const ran = await cli(...args, '--json');
  expect([args.slice(0, 3), ran.status, ran.stderr]).toEqual([args.slice(0, 3), 0, ran.stderr]);
  expect(ran.stdout.trimEnd().split('\n')).toHaveLength(1);
  return JSON.parse(ran.stdout) as T;
}

/** Runs a command that has to be refused in one sentence. */
async function refused(status: number, pattern: RegExp, ...args: string[]): Promise<void> {
  const ran = await cli(...args);
  expect([args, ran.status]).toEqual([args, status]);
  const said = ran.stderr
    .trimEnd()
    .split('\n')
    .filter((line) => !/^\w+ …$|: done/.test(line));
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(pattern);
}

const table = (file: string): string[][] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));

beforeAll(async () => {
  await json('run', writeDatedCorpus(at('corpus.csv')), '--out', project);
}, 60_000);

describe('moetopic stability', () => {
  it('writes a row a document with its topic’s figures, the same twice and with one thread', async () => {
    const args = ['stability', project, '--seeds', '2', '--grid', 'neighbors=10,15', '--out'];
    const report = await json<{ runs: unknown[]; topics: unknown[]; recommendation: string }>(
      ...args,
      at('s.csv'),
    );
    expect(report.runs).toHaveLength(4);
    expect(report.recommendation).toMatch(/\.$/);
    const [header, ...rows] = table(at('s.csv'));
    expect(header).toEqual(['id', 'topic', 'topic_jaccard', 'topic_reappears', 'settled', 'consensus']);
    expect(rows).toHaveLength(120);
    for (const row of rows) expect(Number(row[4])).toBeGreaterThanOrEqual(0);
    await json(...args, at('s1.csv'), '--threads', '1');
    expect(readFileSync(at('s1.csv'), 'utf8')).toBe(readFileSync(at('s.csv'), 'utf8'));
  });
  it('refuses what is no number of seeds or no grid', async () => {
    await refused(2, /--seeds 0/, 'stability', project, '--seeds', '0', '--out', at('x.csv'));
    await refused(2, /--grid epsilon=1/, 'stability', project, '--grid', 'epsilon=1', '--out', at('x.csv'));
  });
});

describe('moetopic topics', () => {
  it('writes the hierarchy, cut where asked', async () => {
    const found = await json<{ groups: unknown[]; nodes: unknown[] }>(
      ...['topics', project, 'hierarchy', '--linkage', 'average', '--groups', '2', '--words', '3'],
      ...['--out', at('h.csv')],
    );
    expect(found.groups).toHaveLength(2);
    const [header, ...rows] = table(at('h.csv'));
    expect(header.slice(0, 5)).toEqual(['node', 'topic', 'left', 'right', 'height']);
    expect(rows).toHaveLength(found.nodes.length);
    // The root joins both groups, so it is in none; every topic is in one.
    expect(rows.at(-1)!.at(-1)).toBe('');
    expect(new Set(rows.filter((row) => row[1] !== '').map((row) => row.at(-1)))).toEqual(
      new Set(['0', '1']),
    );
    await refused(
      2,
      /--linkage nearest.*ward/,
      'topics',
      project,
      'hierarchy',
      '--linkage',
      'nearest',
      '--out',
      at('x'),
    );
    await refused(2, /--out FILE/, 'topics', project, 'hierarchy');
  });

  it('writes topics over time and per class', async () => {
    await json('topics', project, 'over-time', '--bins', 'month', '--no-global', '--out', at('t.csv'));
    const [header, ...rows] = table(at('t.csv'));
    expect(header).toEqual(['topic', 'name', 'start', 'end', 'count', 'keywords', 'weights']);
    expect(new Set(rows.map((row) => row[2].slice(0, 7))).size).toBe(4);
    expect(rows.reduce((sum, row) => sum + Number(row[4]), 0)).toBe(117);
    const undated = await cli('topics', project, 'over-time', '--out', at('t20.csv'));
    expect(undated.stdout).toBe(
      `${at('t20.csv')}\n3 documents without a date that can be read are left out.\n`,
    );
    const unclassed = await cli('topics', project, 'per-class', '--column', 'date', '--out', at('d.csv'));
    expect(unclassed.stdout).toBe(`${at('d.csv')}\n3 documents without a class are left out.\n`);
    expect(table(at('d.csv')).map((row) => row[2])).not.toContain('');
    await json('topics', project, 'over-time', '--bins', '3', '--out', at('t3.csv'));
    expect(
      new Set(
        table(at('t3.csv'))
          .slice(1)
          .map((row) => row[2]),
      ).size,
    ).toBe(3);
    await json('topics', project, 'per-class', '--column', 'name', '--out', at('c.csv'));
    expect(
      new Set(
        table(at('c.csv'))
          .slice(1)
          .map((row) => row[2]),
      ).size,
    ).toBeGreaterThan(10);
    await refused(
      2,
      /--bins fortnight/,
      'topics',
      project,
      'over-time',
      '--bins',
      'fortnight',
      '--out',
      at('x'),
    );
    await refused(
      3,
      /no column colour/,
      'topics',
      project,
      'per-class',
      '--column',
      'colour',
      '--out',
      at('x'),
    );
  });

  it('moves documents, maps words, merges what is alike, and takes all of it back', async () => {
    const before = (await json<{ topics: unknown[] }>('topics', project, 'list')).topics;
    const { documents } = await json<{ documents: string[] }>('topics', project, 'show', '0');
    await json('topics', project, 'move', documents.slice(0, 2).join(','), '--to', '-1');
    const after = await json<{ documents: string[] }>('topics', project, 'show', '0');
    expect(after.documents).toEqual(documents.slice(2));
    await json('topics', project, 'thesaurus', 'ship=boat', 'oven=stove');
    await json('topics', project, 'merge-similar', '--threshold', '-1');
    await json('topics', project, 'stop-words', 'boat');
    const { log } = await json<{ log: { text: string }[] }>('topics', project, 'log');
    expect(log.map((entry) => entry.text)).toEqual([
      'Move 2 documents to the outliers',
      'Count words as others: ship → boat, oven → stove',
      'Merge topics at least -1 alike',
      'Change stop words: +boat',
    ]);
    for (const _ of log) await json('topics', project, 'undo');
    expect((await json<{ topics: unknown[] }>('topics', project, 'list')).topics).toEqual(before);
    await refused(2, /no document with the id nobody/, 'topics', project, 'move', 'nobody', '--to', '0');
    await refused(2, /--to TOPIC/, 'topics', project, 'move', documents[0]);
    await refused(2, /ship is no pair/, 'topics', project, 'thesaurus', 'ship');
  });

  it('gives outliers topics and puts chosen ones back', async () => {
    const { documents } = await json<{ documents: string[] }>('topics', project, 'show', '0');
    await json('topics', project, 'delete', '0');
    await json('topics', project, 'outliers', '--strategy', 'ctfidf', '--threshold', '0');
    const { topics } = await json<{ topics: { id: number; count: number }[] }>(
      'topics',
      project,
      'restore-outliers',
      documents[0],
    );
    expect(topics.find((t) => t.id === -1)!.count).toBeGreaterThanOrEqual(1);
    for (let i = 0; i < 3; i++) await json('topics', project, 'undo');
  });

  it('shows documents of a topic and several representations of each', async () => {
    const shown = await json<{ closest: unknown[]; contrasting: unknown[] }>(
      ...['topics', project, 'documents', '1', '--limit', '2'],
    );
    expect([shown.closest.length, shown.contrasting.length]).toEqual([2, 2]);
    const ran = await cli(
      'topics',
      project,
      'represent',
      '--methods',
      'ctfidf,phrases',
      '--out',
      at('r.csv'),
    );
    expect(ran.stdout).toMatch(/phrases/);
    expect(
      new Set(
        table(at('r.csv'))
          .slice(1)
          .map((row) => row[2]),
      ),
    ).toEqual(new Set(['ctfidf', 'phrases']));
    await refused(2, /no representation magic/, 'topics', project, 'represent', '--methods', 'magic');
  });

  it('shows what a language model would be sent, and sends nothing', async () => {
    const ran = await cli(
      ...['topics', project, 'name', '--endpoint', 'http://127.0.0.1:9/v1', '--model', 'small'],
    );
    expect([ran.status, ran.stdout.includes('add --send')]).toEqual([0, true]);
    const sent = await json<{ names: unknown[]; failed: { reason: string }[] }>(
      ...['topics', project, 'name', '--endpoint', 'http://127.0.0.1:9/v1', '--model', 'small', '--send'],
    );
    expect(sent.names).toEqual([]);
    expect(sent.failed.length).toBeGreaterThan(0);
    expect(
      (await json<{ log: unknown[] }>('topics', project, 'log')).log.filter(
        (e) => !(e as { undone: boolean }).undone,
      ),
    ).toEqual([]);
    await refused(2, /--endpoint URL/, 'topics', project, 'name');
  });
});

describe('what moetopic topics says to a person', () => {
  const says = async (...args: string[]): Promise<string> => {
    const { status, stdout } = await cli('topics', project, ...args);
    expect([args, status]).toEqual([args, 0]);
    return stdout;
  };

  it('tells each change, shows a given name, and takes both back', async () => {
    const fitted = await cli(...['topics', at('run'), 'list']);
    const topics = Number(/^(\d+) topics/.exec(fitted.stdout)?.[1]);
    const outliers = Number(/ – +(\d+) /.exec(fitted.stdout)?.[1] ?? 0);
    expect(topics).toBeGreaterThan(2);
    const renamed = await says('rename', '0', 'A name');
    expect(renamed).toContain(`Rename topic 0 to “A name”\n${topics} topics`);
    expect(renamed).toMatch(/ 0 +\d+ +[\d.]+ % {2}A name: \w+, /);
    const fewer = `topics ${topics} → ${topics - 1}, outliers ${outliers} → `;
    expect(await says('delete', '1')).toContain(`Delete topic 1: ${fewer}`);
    const again = `topics ${topics - 1} → ${topics}, outliers `;
    expect(await says('undo')).toMatch(
      new RegExp(`^Taken back: Delete topic 1: ${again}\\d+ → ${outliers}\n`),
    );
    expect(await says('undo')).toBe(`Taken back: Rename topic 0 to “A name”\n${fitted.stdout}`);
  });

  it('shows a topic with its keywords and the topics like it, and finds topics by name', async () => {
    expect(await says('show', '0')).toMatch(
      /^0 .+: \d+ documents, [\d.]+ %\nkeywords\n {4}0\.\d{4} \w+\n[^]*nearest topics\n {4}[\d.-]+ \d .+\n[^]*documents\n {4}\w+-\d+\n/,
    );
    expect(await says('find', 'a rocket to the moon')).toMatch(/^0\.\d{4} \d .* · .*\n/);
  });

  it('says what an operation needs, not how it was parsed', async () => {
    const over = (bins: string) => ['topics', project, 'over-time', '--bins', bins, '--out', at('o.csv')];
    await refused(2, /two different topics; name them as in 3,7\.$/, 'topics', project, 'merge', '0');
    await refused(2, /at least 1, or auto\.$/, 'topics', project, 'reduce', '--to', '0');
    await refused(2, /as in 1-2\.$/, 'topics', project, 'ngrams', '2-1');
    await refused(2, /between 0 and 1\.$/, 'topics', project, 'outliers', '--threshold', '2');
    await refused(2, /at least 2\.$/, 'topics', project, 'recluster', '--min-topic-size', '1');
    await refused(2, /^Give a sentence .*in quotes\.$/, 'topics', project, 'find', ' ');
    await refused(
      2,
      /give a whole number, at least 1\.$/,
      'topics',
      project,
      'documents',
      '0',
      '--limit',
      '0',
    );
    await refused(2, /1 to 1000, or one of day, /, ...over('week of'));
    await refused(2, /1 to 1000, or one of day, /, ...over('1e9'));
    writeFileSync(at('null.json'), 'null');
    await refused(3, /null\.json holds no list of operations/, 'topics', project, 'replay', at('null.json'));
    writeFileSync(at('none.json'), '[]');
    expect(await says('replay', at('none.json'))).toMatch(/^There was nothing to do\n/);
  });

  it('says that nothing was done, and how many new documents are outliers', async () => {
    await json('run', at('corpus.csv'), '--out', at('untouched'));
    expect((await cli('topics', at('untouched'), 'log')).stdout).toMatch(/^Nothing was done/);
    const { stdout } = await cli('transform', project, at('corpus.csv'), '--out', at('predicted.csv'));
    expect(stdout).toMatch(/predicted\.csv: 120 documents, \d+ of them outliers\n$/);
  });
});

describe('moetopic compare', () => {
  it('parts the columns of what it prints, named as in metrics.csv', async () => {
    const ran = await cli(
      ...['compare', at('corpus.csv'), '--embedding', 'hs,rw', '--out', at('two'), '--sample', '60'],
    );
    const [head, ...rows] = ran.stdout.trimEnd().split('\n');
    expect(head.trim().split(/ {2,}/).slice(0, 3)).toEqual(['topics', 'outlier_share', 'npmi']);
    expect(rows.map((row) => row.split(/ +/).length)).toEqual([10, 10]);
  });
  it('writes measures, flows, tables and one page', async () => {
    const report = await json<{ variants: { name: string; ami: number }[]; agreement: number[][] }>(
      ...['compare', at('corpus.csv'), '--embedding', 'hs,rw,concat,sum', '--out', at('compared')],
    );
    expect(report.variants.map((v) => v.name)).toEqual(['hs', 'rw', 'concat', 'sum']);
    expect(report.agreement).toHaveLength(4);
    const [header, ...rows] = table(at('compared', 'metrics.csv'));
    for (const name of [
      'topics',
      'outlier_share',
      'npmi',
      'c_v',
      'diversity',
      'silhouette',
      'dbcv',
      'ami',
      'v_measure',
    ])
      expect(header).toContain(name);
    expect(rows.map((row) => row[0])).toEqual(['hs', 'rw', 'concat', 'sum']);
    // The default embedding’s topics are those of the run.
    expect(readFileSync(at('compared', 'concat', 'documents.csv'), 'utf8')).toBe(
      readFileSync(at('run', 'documents.csv'), 'utf8'),
    );
    const page = readFileSync(at('compared', 'compare.html'), 'utf8');
    expect(page.includes("default-src 'none'")).toBe(true);
    expect(/<(script|link|img)[^>]*(src|href)=/.test(page.slice(0, page.indexOf('<script id=')))).toBe(false);
    const flows = table(at('compared', 'flow.csv')).slice(1);
    expect(flows.reduce((sum, row) => sum + Number(row[4]), 0)).toBe(3 * 120);
  });
  it('refuses unknown embeddings, a single variant and a folder that is taken', async () => {
    const to = ['--out', at('other')];
    await refused(2, /no embedding xy/, 'compare', at('corpus.csv'), '--embedding', 'hs,xy', ...to);
    await refused(2, /two variants/, 'compare', at('corpus.csv'), '--embedding', 'hs', ...to);
    await refused(2, /already.*--overwrite/, 'compare', at('corpus.csv'), '--out', at('compared'));
  });
});

describe('moetopic merge, grow and import', () => {
  it('make new projects and say which topics are new', async () => {
    await json('run', writeSubjects(at('b.csv'), ['sky', 'garden'], 40, 1), '--out', at('b'));
    const merged = await json<{ newTopics: number[]; documents: number }>(
      ...['merge', project, at('b'), '--out', at('merged')],
    );
    expect(merged.documents).toBe(200);
    expect(merged.newTopics.length).toBeGreaterThan(0);
    const grown = await cli('grow', project, at('b.csv'), '--out', at('grown'));
    expect(grown.stdout).toMatch(/new topic \d+[\s\S]*200 documents \(80 came/);
    for (const name of ['topics.csv', 'documents.csv', 'map.html', 'run.json', 'project.moetopic'])
      expect([name, existsSync(at('grown', name))]).toEqual([name, true]);
    await refused(2, /--mode mix/, 'merge', project, at('b'), '--mode', 'mix', '--out', at('x'));
    await refused(2, /holds results/, 'merge', project, at('b'), '--out', at('merged'));
    await refused(3, /nowhere/, 'grow', project, at('nowhere.csv'), '--out', at('x'));
  });

  it('take a BERTopic model in and give one back', async () => {
    const report = await json<{ topics: number }>('import', bertopic, '--out', at('imported'));
    expect(report.topics).toBe(3);
    const { topics } = await json<{ topics: { id: number; name: string }[] }>(
      'topics',
      at('imported'),
      'list',
    );
    expect(topics.find((t) => t.id === 0)!.name).toBe('Ice hockey');
    await json('topics', at('imported'), 'merge', '0,1');
    await json('export', at('imported'), '--format', 'bertopic', '--out', at('model'));
    expect(existsSync(at('model', 'topics.json'))).toBe(true);
    await json('export', project, '--format', 'distributions', '--out', at('mixture.csv'));
    expect(table(at('mixture.csv'))).toHaveLength(121);
    await refused(3, /topics\.json is missing/, 'import', project, '--out', at('x'));
  });
});
