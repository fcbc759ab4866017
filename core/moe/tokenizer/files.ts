import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../../base/errors.ts';
import { readJsonFile } from '../checkpoint/json.ts';
import { fromSentencePiece, sentinels, type TokenizerFiles } from './from-sentencepiece.ts';
import { readSentencePiece } from './sentencepiece.ts';
import { completedConfig } from './special-tokens.ts';
import { aroundByFlags, fromVocabulary, withStepsOf } from './steps.ts';
import { tokenizerClass, type TokenizerClass } from './which-class.ts';

type Json = Record<string, unknown>;

/** SentencePiece's model under the names that families give it, with the class that gives it. */
const sentencePieceNames: readonly [string, TokenizerClass | null][] = [
  ['tokenizer.model', null],
  ['spiece.model', 'T5Tokenizer'],
  ['sentencepiece.bpe.model', 'XLMRobertaTokenizer'],
];

/**
 * Puts the tokeniser of a checkpoint beside its converted model: tokenizer.json and tokenizer_config.json with all that the reference finds in
 * the folder and adds itself.
 * @throws ModelError when there is none.
 */
export async function copyTokenizer(dir: string, outDir: string): Promise<void> {
  const { json, config } = await readTokenizer(dir);
  await writeFile(path.join(outDir, 'tokenizer.json'), JSON.stringify(json));
  await writeFile(path.join(outDir, 'tokenizer_config.json'), `${JSON.stringify(config, null, 1)}\n`);
}

async function readTokenizer(dir: string): Promise<TokenizerFiles> {
  const there = (name: string): boolean => existsSync(path.join(dir, name));
  const read = (name: string): Promise<Json> =>
    there(name) ? readJsonFile(path.join(dir, name)) : Promise.resolve({});
  const own = await read('tokenizer_config.json');
  const text = there('tokenizer.json') ? await readFile(path.join(dir, 'tokenizer.json'), 'utf8') : '';
  const file = text === '' ? null : tokenizerJson(text, dir);
  const { model_type: modelType, tokenizer_class: named } = await read('config.json');
  const name = tokenizerClass(modelType, own.tokenizer_class ?? named, text.includes('"ByteLevel"'));
  const complete = async (by: TokenizerClass | null): Promise<Json> =>
    completedConfig(by, {
      config: own,
      map: await read('special_tokens_map.json'),
      added: await read('added_tokens.json'),
      inFile: (file?.added_tokens ?? []) as Json[],
      padding: (file?.padding ?? {}) as Json,
    });
  if (file !== null) return fromFile(file, name, await complete(name));

  const found = sentencePieceNames.find(([f]) => there(f));
  if (found) {
    const by = takesSentencePiece(name) && (name !== null || found[1] === null) ? name : found[1];
    const model = readSentencePiece(await readFile(path.join(dir, found[0])), found[0]);
    return fromSentencePiece(model, by, await complete(by));
  }
  return vocabularyAlone(dir, name, await complete(name));
}

function fromFile(file: Json, name: TokenizerClass | null, config: Json): TokenizerFiles {
  const json = withStepsOf(name, file, config);
  if (json !== file && name === 'T5Tokenizer') config.extra_special_tokens ??= sentinels(config);
  return { json, config };
}

function takesSentencePiece(name: TokenizerClass | null): boolean {
  return (
    name === null || name === 'LlamaTokenizer' || name === 'T5Tokenizer' || name === 'XLMRobertaTokenizer'
  );
}

/** A tokeniser of which there is the vocabulary alone: the steps are its class's. @throws ModelError when there is none, or of no known class. */
async function vocabularyAlone(
  dir: string,
  name: TokenizerClass | null,
  config: Json,
): Promise<TokenizerFiles> {
  const file = (name: string): string => path.join(dir, name);
  const json = existsSync(file('vocab.txt'))
    ? fromVocabulary({ lines: await readFile(file('vocab.txt'), 'utf8') })
    : existsSync(file('vocab.json')) && existsSync(file('merges.txt'))
      ? fromVocabulary({
          vocab: await readJsonFile(file('vocab.json')),
          merges: await readFile(file('merges.txt'), 'utf8'),
        })
      : null;
  const own = json && withStepsOf(name, json, config);
  if (own === null || own === json) throw new ModelError(noTokenizer(dir));
  const { vocab } = own.model as Json;
  return { json: { ...own, post_processor: own.post_processor ?? aroundByFlags(vocab, config) }, config };
}

/** @throws ModelError when it is no JSON object. */
function tokenizerJson(text: string, dir: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  } catch {
    // Said below.
  }
  throw new ModelError(`tokenizer.json of ${dir} is no JSON object; download the model again.`);
}

/** Checked before anything is converted: a model without a tokeniser is of no use. */
export function checkTokenizer(dir: string): void {
  const any = ['tokenizer.json', ...sentencePieceNames.map(([f]) => f), 'vocab.txt', 'merges.txt'];
  if (!any.some((name) => existsSync(path.join(dir, name)))) throw new ModelError(noTokenizer(dir));
}

function noTokenizer(dir: string): string {
  return `${dir} has neither tokenizer.json nor tokenizer.model; download the whole model.`;
}
