import { existsSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../base/errors.ts';
import { readJsonFile } from './checkpoint/json.ts';
import { fromVocabulary, tokenizerClass, withStepsOf } from './tokenizer-class.ts';
import { readSentencePiece, sentencePieceToJson } from './checkpoint/sentencepiece.ts';

/** SentencePiece's model under the names that families give it. */
const sentencePieceNames = ['tokenizer.model', 'spiece.model', 'sentencepiece.bpe.model'];

/**
 * Puts the tokeniser of a checkpoint beside its converted model: tokenizer.json as the reference's class reads it, or made from
 * SentencePiece's model.
 * @throws ModelError when there is neither.
 */
export async function copyTokenizer(dir: string, outDir: string): Promise<void> {
  const there = (name: string): boolean => existsSync(path.join(dir, name));
  for (const name of ['tokenizer_config.json', 'special_tokens_map.json'])
    if (there(name)) await copyFile(path.join(dir, name), path.join(outDir, name));
  const read = (name: string): Promise<Record<string, unknown>> =>
    there(name) ? readJsonFile(path.join(dir, name)) : Promise.resolve({});
  const config = await read('tokenizer_config.json');
  const className = tokenizerClass((await read('config.json')).model_type, config);
  const put = (json: Record<string, unknown>): Promise<void> =>
    writeFile(path.join(outDir, 'tokenizer.json'), JSON.stringify(json));
  if (!there('tokenizer_config.json')) await writeFile(path.join(outDir, 'tokenizer_config.json'), '{}\n');
  if (there('tokenizer.json')) {
    const file = path.join(dir, 'tokenizer.json');
    const json = className === null ? null : await tokenizerJson(file);
    const own = json && withStepsOf(className, json, config);
    if (own === null || own === json) await copyFile(file, path.join(outDir, 'tokenizer.json'));
    else await put(own);
    return;
  }
  const name = sentencePieceNames.find(there);
  if (!name) {
    await put(await vocabularyAlone(dir, className, config));
    return;
  }
  const model = readSentencePiece(await readFile(path.join(dir, name)), name);
  const json = sentencePieceToJson(model, {
    bos: typeof config.add_bos_token === 'boolean' ? config.add_bos_token : model.kind === 'bpe',
    eos: typeof config.add_eos_token === 'boolean' ? config.add_eos_token : model.kind === 'unigram',
  });
  await put(className === 'LlamaTokenizer' ? withStepsOf(className, json, config) : json);
}

/** A tokeniser of which there is the vocabulary alone: the steps are its class's. @throws ModelError when there is none, or of no known class. */
async function vocabularyAlone(
  dir: string,
  className: string | null,
  config: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const file = (name: string): string => path.join(dir, name);
  const json = existsSync(file('vocab.txt'))
    ? fromVocabulary({ lines: await readFile(file('vocab.txt'), 'utf8') })
    : existsSync(file('vocab.json')) && existsSync(file('merges.txt'))
      ? fromVocabulary({
          vocab: await readJsonFile(file('vocab.json')),
          merges: await readFile(file('merges.txt'), 'utf8'),
        })
      : null;
  const own = json && withStepsOf(className, json, config);
  if (own !== null && own !== json) return own;
  throw new ModelError(`${dir} has neither tokenizer.json nor tokenizer.model; download the whole model.`);
}

/** Larger than other JSON files of a model. @throws ModelError when it is no JSON object. */
async function tokenizerJson(file: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  } catch (cause) {
    throw new ModelError(`${file} can't be read; convert or download the model again.`, { cause });
  }
}

/** Checked before anything is converted: a model without a tokeniser is of no use. */
export function checkTokenizer(dir: string): void {
  const any = ['tokenizer.json', ...sentencePieceNames, 'vocab.txt', 'merges.txt'];
  if (!any.some((name) => existsSync(path.join(dir, name))))
    throw new ModelError(`${dir} has neither tokenizer.json nor tokenizer.model; download the whole model.`);
}
