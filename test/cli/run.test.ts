import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, scratchFolder, startCli, writeSmallCorpus } from './cli.ts';

const { at, cache } = scratchFolder('run');
const corpus = writeSmallCorpus(at('corpus.csv'));
const read = (...parts: string[]): string => readFileSync(at(...parts), 'utf8');
const columns = (csv: string): string[] => csv.slice(0, csv.indexOf('\r\n')).split(',');

describe('moetopic run', () => {
  it('writes every file, and its JSON says what was done', async () => {
    const ran = await runCli(cache, 'run', corpus, '--out', at('a'), '--json');
    expect(ran.stderr.includes('Error')).toBe(false);
    expect(ran.status).toBe(0);
    const report = JSON.parse(ran.stdout) as Record<string, never>;
    expect(Object.keys(report['seconds'])).toEqual(
      expect.arrayContaining(['load', 'embed', 'reduce', 'cluster', 'keywords', 'map', 'total']),
    );
    expect(report['peak_bytes']).toBeGreaterThan(1e7);
    expect(report['device']).toMatchObject({ name: 'cpu' });
    expect(report['reasons']).toEqual([
      'Minimum topic size 5: the least that is chosen, for 120 documents.',
      expect.stringMatching(/^Minimum samples 2: /),
      expect.stringMatching(/^Selection broad: /),
      expect.stringMatching(/^Neighbours 15: /),
    ]);
    expect(report['versions']).toHaveProperty('moetopic');
    expect(readdirSync(at('a')).sort()).toEqual([
      'documents.csv',
      'map.html',
      'project.moetopic',
      'run.json',
      'topics.csv',
    ]);
    expect(columns(read('a', 'topics.csv'))).toEqual([
      'topic',
      'count',
      'share',
      'name',
      'keywords',
      'weights',
      'representative_ids',
    ]);
    expect(columns(read('a', 'documents.csv'))).toEqual([
      ...['id', 'topic', 'name', 'probability', 'assigned_by', 'x', 'y'],
      ...['corpus_name', 'text', 'label'],
    ]);
    expect(read('a', 'documents.csv').trimEnd().split('\r\n')).toHaveLength(121);
  });

  it('finds the three subjects', async () => {
    const measured = await runCli(cache, 'evaluate', at('a'), '--json');
    const { ami, topics, documents } = JSON.parse(measured.stdout) as Record<string, number>;
    expect(documents).toBe(120);
    expect(topics).toBeGreaterThanOrEqual(3);
    expect(ami).toBeGreaterThan(0.5);
    // A project's folder is one, however it is called.
    cpSync(at('a'), at('a.csv'), { recursive: true });
    const again = await runCli(cache, 'evaluate', at('a.csv'), '--json');
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(measured.stdout));
  });

  it('says how many documents have no label to compare with', async () => {
    writeFileSync(at('part.csv'), 'id,topic,label\r\n0,0,a\r\n1,0,\r\n2,1,b\r\n');
    const part = await runCli(cache, 'evaluate', at('part.csv'));
    expect(part.stderr).toContain('1 of 3 documents have no label');
    expect(part.stdout).toMatch(/^purity +0\.6667$/m);
    const whole = await runCli(cache, 'evaluate', at('a'));
    expect(whole.stderr).not.toContain('no label');
  });

  it('gives the same bytes again, with one thread and a cold cache too', async () => {
    await runCli(cache, 'run', corpus, '--out', at('b'));
    await runCli(at('cold'), 'run', corpus, '--out', at('c'), '--threads', '1');
    for (const name of ['topics.csv', 'documents.csv', 'map.html'])
      for (const other of ['b', 'c']) expect(read(other, name)).toBe(read('a', name));
  });

  it('resumes its own folder and refuses another run’s', async () => {
    const again = await runCli(cache, 'run', corpus, '--out', at('a'));
    expect(again.status).toBe(0);
    const other = await runCli(cache, 'run', corpus, '--out', at('a'), '--seed', '7');
    expect(other.status).toBe(2);
    expect(other.stderr).toMatch(/another run.*--overwrite/);
  });

  it('prints topics for people', async () => {
    const ran = await runCli(cache, 'run', corpus, '--out', at('a'));
    expect(ran.stdout).toMatch(/^\d+ topics in 120 documents/);
    expect(ran.stdout).toMatch(
      /\nSizes\n {2}Minimum topic size 5: .*\n(.*\n)* {2}Neighbours 15: as umap-learn/,
    );
  });

  it.each(['SIGKILL', 'SIGSEGV'] as const)(
    'says what happened and goes on after %s, and what was killed left no results',
    async (signal) => {
      const large = writeSmallCorpus(at('large.csv'), 500);
      const cacheOfIts = at(`${signal}-cache`);
      const args = ['run', large, '--out', at(signal)];
      const { child, finished } = startCli(cacheOfIts, args);
      while (embeddedBytes(cacheOfIts) <= 4096) await new Promise((resolve) => setTimeout(resolve, 20));
      child.kill(signal);
      const ended = await finished;
      expect(ended.signal).toBe(signal);
      expect(ended.stderr.trim().split('\n').at(-1)).toMatch(
        /^MoETopic ended without a word: .*; run the same command again to go on where it stopped\.$/,
      );
      expect(existsSync(at(signal, 'topics.csv'))).toBe(false);
      const again = await runCli(cacheOfIts, ...args);
      expect(again.status).toBe(0);
      expect(again.stderr).toMatch(/[1-9]\d* of them kept from before/);
      expect(again.stderr).not.toContain('without a word');
    },
  );

  it('cancels in the middle of a stage on Ctrl-C, with status 130 and no results', async () => {
    const documents = 3000;
    const lines = Array.from(
      { length: documents },
      (_, d) => `ship ${d} leaves harbour ${d % 77} on day ${d % 365}`,
    );
    const large = file('distinct.csv', `text\n${lines.join('\n')}\n`);
    const cacheOfIts = at('cancelled-cache');
    const { child, finished } = startCli(cacheOfIts, ['run', large, '--out', at('cancelled')]);
    while (embeddedBytes(cacheOfIts) <= 4096) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    const ended = await finished;
    expect(ended.status).toBe(130);
    expect(ended.stderr).toMatch(/Cancelled/);
    expect(ended.stderr).not.toContain('without a word');
    expect(existsSync(at('cancelled', 'topics.csv'))).toBe(false);
    // It didn't finish the stage first: a batch under way is waited for, no other is begun. (How long that takes depends on the machine.)
    expect(embeddedBytes(cacheOfIts)).toBeLessThan(documents * smallestRow);
  });
});

function file(name: string, content: string): string {
  writeFileSync(at(name), content);
  return at(name);
}

/** A document's 384 hidden numbers and six layers' 32 routing weights, in float32. */
const smallestRow = (384 + 6 * 32) * 4;

function embeddedBytes(cacheOfIts: string): number {
  const folder = path.join(cacheOfIts, 'embeddings');
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true })
    .filter((name) => String(name).endsWith('.rows'))
    .reduce((sum, name) => sum + statSync(path.join(folder, String(name))).size, 0);
}

describe('bad input', () => {
  const cases: [string, () => string, number, RegExp][] = [
    ['no such file', () => at('nowhere.csv'), 3, /nowhere\.csv/],
    ['a CSV without a text column', () => file('numbers.csv', 'a,b\n1,2\n3,4\n'), 3, /text/],
    ['a broken gzip', () => file('broken.csv.gz', 'not gzip at all'), 3, /broken\.csv\.gz/],
    ['a Parquet file cut short', () => file('cut.parquet', 'PAR1\0\0\0'), 3, /cut\.parquet/],
    ['an unknown kind of file', () => file('notes.docx', 'hello'), 3, /notes\.docx/],
  ];
  for (const [what, make, status, pattern] of cases)
    it(`${what}: one sentence and its exit status`, async () => {
      const ran = await runCli(cache, 'run', make(), '--out', at('bad'));
      expect(ran.status).toBe(status);
      expect(ran.stderr).toMatch(pattern);
      expect(
        ran.stderr
          .trimEnd()
          .split('\n')
          .filter((line) => !/^\w+ …$|: done/.test(line)),
      ).toHaveLength(1);
      expect(existsSync(at('bad', 'topics.csv'))).toBe(false);
    });

  it('one document, or all the same: a defined result', async () => {
    for (const [name, text] of [
      ['one', 'id,text\n1,A single document about ships and the sea.\n'],
      [
        'same',
        `id,text\n${Array.from({ length: 30 }, (_, i) => `${i},The very same words each time.\n`).join('')}`,
      ],
    ]) {
      const ran = await runCli(cache, 'run', file(`${name}.csv`, text), '--out', at(name));
      expect([name, ran.status, ran.stderr.includes('foresee')]).toEqual([name, 0, false]);
      expect(read(name, 'documents.csv').trimEnd().split('\r\n').length).toBe(
        text.trimEnd().split('\n').length,
      );
    }
  });

  it('a wrong flag or value: status 2 and its name', async () => {
    expect(await runCli(cache, 'run', corpus, '--out', at('x'), '--neighbors', '1')).toMatchObject({
      status: 2,
    });
    expect((await runCli(cache, 'run', corpus, '--out', at('x'), '--no-such-flag')).status).toBe(2);
    expect((await runCli(cache, 'run', corpus, '--out', at('x'), '--model', 'nowhere')).status).toBe(4);
  });
});
