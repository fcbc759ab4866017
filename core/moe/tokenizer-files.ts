import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../base/errors.ts';

const wanted = ['tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json'];

/** Copies the tokeniser of a checkpoint to its converted model. */
export async function copyTokenizer(dir: string, outDir: string): Promise<void> {
  if (!existsSync(path.join(dir, 'tokenizer.json')))
    throw new ModelError(`${dir} has no tokenizer.json; download the whole model.`);
  for (const name of wanted)
    if (existsSync(path.join(dir, name))) await copyFile(path.join(dir, name), path.join(outDir, name));
}
