import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTokeniser } from '../../../core/embed/tokenise.ts';
import { copyTokenizer } from '../../../core/moe/tokenizer/files.ts';
import { fixtures, withFolder } from '../../moe/fixtures.ts';

interface Case {
  /** A fixture whose tokenizer.json it is, and the file that is made of it where that is another. */
  source: string;
  model_type: string;
  config: Record<string, unknown>;
  cases: [string, number[]][];
}

const cases = JSON.parse(
  await readFile(path.join(import.meta.dirname, 'tokenizer-classes.json'), 'utf8'),
) as Case[];

/** The files of a case, as in a model's folder on the hub. */
async function filesOf(c: Case): Promise<Record<string, string>> {
  const [name, only] = c.source.split(':');
  const text = await readFile(path.join(fixtures, name, 'tokenizer.json'), 'utf8');
  const { vocab, merges } = (
    JSON.parse(text) as { model: { vocab: Record<string, number>; merges: (string | string[])[] } }
  ).model;
  const pieces = Object.keys(vocab).sort((a, b) => vocab[a] - vocab[b]);
  const own: Record<string, string> =
    only === 'vocab.txt'
      ? { 'vocab.txt': `${pieces.join('\n')}\n` }
      : only === 'vocab.json'
        ? {
            'vocab.json': JSON.stringify(vocab),
            'merges.txt': `#version: 0.2\n${merges.map((m) => (typeof m === 'string' ? m : m.join(' '))).join('\n')}\n`,
          }
        : { 'tokenizer.json': text };
  return {
    ...own,
    'tokenizer_config.json': JSON.stringify(c.config),
    'config.json': JSON.stringify({ model_type: c.model_type }),
  };
}

describe('a tokeniser is read as by the class that the reference takes for it', () => {
  for (const c of cases)
    it(`${c.source} of ${c.model_type} by ${JSON.stringify(c.config.tokenizer_class)}`, () =>
      withFolder(async (folder) => {
        const [from, to] = [path.join(folder, 'from'), path.join(folder, 'to')];
        await mkdir(from);
        await mkdir(to);
        for (const [name, text] of Object.entries(await filesOf(c)))
          await writeFile(path.join(from, name), text);
        await copyTokenizer(from, to);
        const tokeniser = await openTokeniser(to);
        for (const [text, ids] of c.cases) expect([...tokeniser.encode(text, 10_000).ids]).toEqual(ids);
      }));
});
