import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli, scratchFolder, writeSmallCorpus } from './cli.ts';

const { at, cache } = scratchFolder('guided');
const corpus = writeSmallCorpus(at('corpus.csv'));

interface Report {
  topics: number;
  outliers: number;
  chosen: { cluster: { zeroShot?: { documents: number; unused: string[] } } };
}

async function run(out: string, ...flags: string[]): Promise<Report> {
  const ran = await runCli(cache, 'run', corpus, '--out', at(out), ...flags, '--json');
  expect([flags, ran.status, ran.stderr]).toEqual([flags, 0, ran.stderr]);
  return JSON.parse(ran.stdout) as Report;
}
async function refused(status: number, pattern: RegExp, ...flags: string[]): Promise<void> {
  const ran = await runCli(cache, 'run', corpus, '--out', at('bad'), ...flags);
  expect([flags, ran.status]).toEqual([flags, status]);
  expect(ran.stderr.trimEnd().split('\n').at(-1)).toMatch(pattern);
}
const rows = (name: string, file: string): string[][] =>
  readFileSync(at(name, file), 'utf8')
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(','));

describe('a guided run', () => {
  it('takes the topics from a column: its names, and nothing clustered', async () => {
    expect(await run('manual', '--topic-column', 'label')).toMatchObject({ topics: 3, outliers: 0 });
    expect(new Set(rows('manual', 'topics.csv').map((row) => row[3]))).toEqual(
      new Set(['sea', 'kitchen', 'sky']),
    );
    for (const row of rows('manual', 'documents.csv')) expect(row[0].startsWith(row[2])).toBe(true);
    const measured = await runCli(cache, 'evaluate', at('manual'), '--json');
    expect((JSON.parse(measured.stdout) as { ami: number }).ami).toBeCloseTo(1, 9);
    const predicted = await runCli(cache, 'transform', at('manual'), corpus, '--out', at('n.csv'), '--json');
    expect(JSON.parse(predicted.stdout)).toMatchObject({ method: 'nearest topic' });
    expect(predicted.stderr).toContain('whose mean embedding is most similar');
    const own = new Map(rows('manual', 'documents.csv').map((row) => [row[0], row[1]]));
    const again = rows('.', 'n.csv').filter((row) => row[1] !== '-1');
    // One in ten of a topic's own documents is farther from its middle than what may join it.
    expect(again.length).toBeGreaterThanOrEqual(0.85 * own.size);
    expect(again.filter((row) => own.get(row[0]) === row[1]).length).toBeGreaterThanOrEqual(
      0.95 * again.length,
    );
    for (const row of again) expect(Number(row[3])).toBeGreaterThan(0);
    const settled = await runCli(
      cache,
      'stability',
      at('manual'),
      '--seeds',
      '1',
      '--out',
      at('s.csv'),
      '--json',
    );
    expect(settled.status).toBe(0);
    expect((await runCli(cache, 'topics', at('manual'), 'split', '0', '--min-topic-size', '5')).status).toBe(
      0,
    );
  });

  it('gives named topics the documents like them, and clusters the rest', async () => {
    const report = await run(
      ...([
        'named',
        '--zero-shot',
        'the kitchen: bread, flour and butter; steam engines of the north',
      ] as const),
      ...['--zero-shot-similarity', '0.35'],
    );
    const { documents, unused } = report.chosen.cluster.zeroShot!;
    expect(unused).toEqual(['steam engines of the north']);
    expect(documents).toBeGreaterThan(10);
    const named = rows('named', 'topics.csv').find((row) => row.join(',').includes('the kitchen: bread'))!;
    expect(Number(named[1])).toBeGreaterThanOrEqual(documents);
    const taken = rows('named', 'documents.csv').filter((row) => row[1] === named[0]);
    expect(taken.filter((row) => row[0].startsWith('kitchen')).length / taken.length).toBeGreaterThan(0.9);
    expect(report.topics).toBeGreaterThan(1);
    // With a cosine that nothing reaches, all is clustered as without names.
    const plain = await run('plain');
    const unreached = await run('unreached', '--zero-shot', 'bread', '--zero-shot-similarity', '1');
    expect(unreached.topics).toBe(plain.topics);
  });

  it('draws documents toward seed words, from a file too, and weighs these more', async () => {
    writeFileSync(at('seeds.txt'), 'bread oven flour\nplanet comet star\n');
    await run('inline', '--seed-words', 'bread oven flour; planet comet star');
    await run('file', '--seed-words', at('seeds.txt'));
    expect(readFileSync(at('file', 'documents.csv'), 'utf8')).toBe(
      readFileSync(at('inline', 'documents.csv'), 'utf8'),
    );
    expect(readFileSync(at('inline', 'documents.csv'), 'utf8')).not.toBe(
      readFileSync(at('plain', 'documents.csv'), 'utf8'),
    );
    // An operation weighs words as the run did: those of a topic that it leaves alone stay.
    const before = rows('inline', 'topics.csv');
    await runCli(cache, 'topics', at('inline'), 'rename', before[0][0], 'First');
    await runCli(cache, 'export', at('inline'), '--format', 'csv', '--out', at('after'));
    expect(rows('after', 'topics.csv')[1]).toEqual(before[1]);
    // So do the representations, side by side.
    const shown = await runCli(cache, 'topics', at('inline'), 'represent', '--methods', 'ctfidf', '--json');
    const found = JSON.parse(shown.stdout) as {
      representations: { topic: number; keywords: { ctfidf: { keyword: string; weight: number }[] } }[];
    };
    const listed = await runCli(cache, 'topics', at('inline'), 'list', '--json');
    const { topics } = JSON.parse(listed.stdout) as { topics: { id: number; keywords: unknown }[] };
    for (const { topic, keywords } of found.representations)
      expect(keywords.ctfidf).toEqual(topics.find(({ id }) => id === topic)!.keywords);
  });

  it('brings the values of a column together, whatever the texts say', async () => {
    const lines = readFileSync(corpus, 'utf8').trimEnd().split('\n');
    const known = lines.map((line, i) => `${line},${i === 0 ? 'known' : i % 2 ? 'odd' : 'even'}`);
    writeFileSync(at('known.csv'), `${known.join('\n')}\n`);
    const together = async (out: string, ...flags: string[]): Promise<number> => {
      const ran = await runCli(cache, 'run', at('known.csv'), '--out', at(out), '--label', 'label', ...flags);
      expect([flags, ran.status]).toEqual([flags, 0]);
      return likeNeighbours(rows(out, 'documents.csv'));
    };
    const free = await together('free');
    expect(await together('supervised', '--target-column', 'known')).toBeGreaterThan(free + 0.05);
  });

  it('refuses what can’t guide', async () => {
    await refused(3, /no column colour.*label/, '--topic-column', 'colour');
    expect(existsSync(at('bad', 'project.moetopic'))).toBe(false);
    await refused(2, /either given by a column or found/, '--topic-column', 'label', '--zero-shot', 'bread');
    await refused(2, /target/i, '--target-column', 'label', '--target-weight', '2');
  });
});

/** Share of each document's 15 nearest on the map that have its parity. */
function likeNeighbours(documents: string[][]): number {
  const [x, y] = [5, 6].map((column) => documents.map((row) => Number(row[column])));
  let like = 0;
  documents.forEach((_, i) => {
    const nearest = [...x.keys()]
      .filter((j) => j !== i)
      .sort((a, b) => Math.hypot(x[a] - x[i], y[a] - y[i]) - Math.hypot(x[b] - x[i], y[b] - y[i]));
    like += nearest.slice(0, 15).filter((j) => j % 2 === i % 2).length / 15;
  });
  return like / documents.length;
}
