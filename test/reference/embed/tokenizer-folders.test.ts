import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTokeniser } from '../../../core/embed/tokenise.ts';
import { copyTokenizer } from '../../../core/moe/tokenizer/files.ts';
import { withFolder } from '../../moe/fixtures.ts';

interface Case {
  /** A model's folder, as on the hub; binary files in base64. */
  files: Record<string, string | { base64: string }>;
  /** A text, and what transformers' AutoTokenizer makes of it. */
  cases: [string, number[]][];
}

describe("a folder's tokeniser gives the ids of AutoTokenizer", () => {
  for (const folder of [
    path.join(import.meta.dirname, 'tokenizer-folders'),
    process.env.MOETOPIC_TOKENIZER_FOLDERS,
  ])
    for (const file of folder === undefined || !existsSync(folder) ? [] : readdirSync(folder).sort())
      it(file, () =>
        withFolder(async (temporary) => {
          const { files, cases } = JSON.parse(readFileSync(path.join(folder!, file), 'utf8')) as Case;
          const [from, to] = [path.join(temporary, 'from'), path.join(temporary, 'to')];
          await mkdir(from);
          await mkdir(to);
          for (const [name, content] of Object.entries(files))
            await writeFile(
              path.join(from, name),
              typeof content === 'string' ? content : Buffer.from(content.base64, 'base64'),
            );
          await copyTokenizer(from, to);
          const tokeniser = await openTokeniser(to);
          for (const [text, ids] of cases) expect([...tokeniser.encode(text, 100_000).ids]).toEqual(ids);
        }),
      );
});
