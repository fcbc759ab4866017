import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runCli, scratchFolder } from './cli.ts';

const { at, cache } = scratchFolder('language');

const subjects = [
  'Das Schiff liegt im Hafen, und der Kapitän wartet auf die Flut',
  'Der Teig muss ruhen, bevor man das Brot in den Ofen schiebt',
  'Am Himmel sieht man den Kometen mit dem Fernrohr nicht vor Mitternacht',
];
writeFileSync(
  at('german.jsonl'),
  Array.from({ length: 60 }, (_, i) =>
    JSON.stringify({ text: `${subjects[i % 3]}; Notiz ${i} ist für den Anhang.` }),
  ).join('\n'),
);

test('a run of a German corpus says so before it embeds, and in run.json', async () => {
  const { status, stderr } = await runCli(
    cache,
    'run',
    at('german.jsonl'),
    '--out',
    at('out'),
    '--min-topic-size',
    '5',
  );
  expect(status).toBe(0);
  const said = stderr.indexOf('of the texts are in German, but minilm-moe understands only English');
  expect(said).toBeGreaterThan(0);
  expect(said).toBeLessThan(stderr.indexOf('embed'));
  expect(stderr).toContain('moetopic models add nomic-ai/nomic-embed-text-v2-moe');
  const { notices } = JSON.parse(readFileSync(at('out', 'run.json'), 'utf8')) as { notices: string[] };
  expect(notices).toHaveLength(1);
});

test('a model that was not added is named before anything is embedded', async () => {
  const { status, stderr } = await runCli(
    cache,
    'run',
    at('german.jsonl'),
    '--out',
    at('other'),
    '--model',
    'nomic-embed-text-v2-moe',
  );
  expect(status).toBe(4);
  expect(stderr.trim().split('\n').at(-1)).toMatch(
    /^nomic-embed-text-v2-moe is not on this machine yet; add it first .*: moetopic models add nomic-ai\/nomic-embed-text-v2-moe$/,
  );
});
