import { existsSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../base/errors.ts';
import { readJsonFile } from './checkpoint/json.ts';
import { readSentencePiece, sentencePieceToJson } from './checkpoint/sentencepiece.ts';

/** SentencePiece's model under the names that families give it. */
const sentencePieceNames = ['tokenizer.model', 'spiece.model', 'sentencepiece.bpe.model'];

/**
 * Puts the tokeniser of a checkpoint beside its converted model: tokenizer.json as it is, or made from SentencePiece's model.
 * @throws ModelError when there is neither.
 */
export async function copyTokenizer(dir: string, outDir: string): Promise<void> {
  const there = (name: string): boolean => existsSync(path.join(dir, name));
  for (const name of ['tokenizer_config.json', 'special_tokens_map.json'])
    if (there(name)) await copyFile(path.join(dir, name), path.join(outDir, name));
  if (there('tokenizer.json')) {
    await copyFile(path.join(dir, 'tokenizer.json'), path.join(outDir, 'tokenizer.json'));
    return;
  }
  const name = sentencePieceNames.find(there);
  if (!name)
    throw new ModelError(`${dir} has neither tokenizer.json nor tokenizer.model; download the whole model.`);
  const config = there('tokenizer_config.json')
    ? await readJsonFile(path.join(dir, 'tokenizer_config.json'))
    : {};
  const model = readSentencePiece(await readFile(path.join(dir, name)), name);
  const json = sentencePieceToJson(model, {
    bos: typeof config.add_bos_token === 'boolean' ? config.add_bos_token : model.kind === 'bpe',
    eos: typeof config.add_eos_token === 'boolean' ? config.add_eos_token : model.kind === 'unigram',
  });
  await writeFile(path.join(outDir, 'tokenizer.json'), JSON.stringify(json));
  if (!there('tokenizer_config.json')) await writeFile(path.join(outDir, 'tokenizer_config.json'), '{}\n');
}

/** Checked before anything is converted: a model without a tokeniser is of no use. */
export function checkTokenizer(dir: string): void {
  if (!['tokenizer.json', ...sentencePieceNames].some((name) => existsSync(path.join(dir, name))))
    throw new ModelError(`${dir} has neither tokenizer.json nor tokenizer.model; download the whole model.`);
}
