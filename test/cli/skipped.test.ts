import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runCli, scratchFolder } from './cli.ts';
import { writeSubjects } from './corpora.ts';

const { at, cache } = scratchFolder('skipped');

test('a run says which rows it could not read, and where they are listed', async () => {
  const whole = readFileSync(writeSubjects(at('whole.csv'), ['sea', 'sky'], 20, 0), 'utf8');
  writeFileSync(at('torn.csv'), whole.replace(/\n(.*)\n/, '\n$1,one cell more\n'));
  const torn = await runCli(cache, 'run', at('torn.csv'), '--out', at('out'));
  expect(torn.status).toBe(0);
  expect(torn.stderr).toMatch(
    /^1 of the rows can't be read; the first is row 1: has \d cells where the header has \d\.$/m,
  );
  expect(torn.stdout).toMatch(/: .*documents\.csv, skipped\.csv/);
  expect(readFileSync(at('out', 'skipped.csv'), 'utf8')).toContain('\n1,has ');
  const { notices } = JSON.parse(readFileSync(at('out', 'run.json'), 'utf8')) as { notices: string[] };
  expect(notices.join(' ')).toContain("can't be read");
  const clean = await runCli(cache, 'run', at('whole.csv'), '--out', at('clean'));
  expect(clean.stderr).not.toContain("can't be read");
  expect(clean.stdout).not.toContain('skipped.csv');
});
