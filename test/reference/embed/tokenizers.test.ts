import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../core/embed/tokeniser/json.ts';
import { Pipeline } from '../../../core/embed/tokeniser/pipeline.ts';

interface Case {
  tokenizer: Json;
  config: Json;
  /** A text, and what transformers' AutoTokenizer makes of it in a folder with the two files. */
  cases: [string, number[]][];
}

describe('tokenisers at random give the ids of transformers', () => {
  for (const folder of [path.join(import.meta.dirname, 'tokenizers'), process.env.MOETOPIC_TOKENIZERS])
    for (const file of folder === undefined ? [] : readdirSync(folder).sort())
      it(file, () => {
        const { tokenizer, config, cases } = JSON.parse(
          readFileSync(path.join(folder!, file), 'utf8'),
        ) as Case;
        const pipeline = new Pipeline(tokenizer, config);
        const { before, after } = pipeline.around;
        for (const [text, ids] of cases) expect([...before, ...pipeline.encode(text), ...after]).toEqual(ids);
      });
});
