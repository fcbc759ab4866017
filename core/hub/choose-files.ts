import { ModelError } from '../base/errors.ts';
import type { HubFile, HubListing } from './listing.ts';

/** What a conversion reads of a model beside its weights. */
const described = ['config.json', 'README.md', '1_Pooling/config.json'];
const tokenizers = [
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
];
/** What a tokeniser is made of where there is no tokenizer.json; each of these is one. */
const vocabularies = [
  ['tokenizer.model'],
  ['spiece.model'],
  ['sentencepiece.bpe.model'],
  ['vocab.txt'],
  ['vocab.json', 'merges.txt'],
];
/** In the order in which a checkpoint's weights are looked for. */
const weights = [
  'model.safetensors',
  'model.safetensors.index.json',
  'pytorch_model.bin',
  'pytorch_model.bin.index.json',
];

export interface ChosenFiles {
  /** Configuration, card and, where the weights are in parts, their index: kilobytes that tell what the rest is. */
  readonly small: readonly HubFile[];
  readonly tokenizer: readonly HubFile[];
  /** The file, or the index, that leads to the weights. */
  readonly weights: HubFile;
}

/**
 * Chooses what has to be fetched.
 * @throws ModelError for a repository without configuration, tokeniser or weights that MoETopic reads.
 */
export function chooseFiles({ address, files, elsewhere }: HubListing): ChosenFiles {
  const byName = new Map(files.map((file) => [file.name, file]));
  const some = (names: readonly string[]): HubFile[] => names.flatMap((name) => byName.get(name) ?? []);
  refuseFormats(address.id, [...byName.keys()]);
  const lead = some(weights)[0];
  if (lead === undefined)
    throw new ModelError(
      `${address.id} holds no model.safetensors and no pytorch_model.bin (nor their shards)${elsewhere.length > 0 ? ` beside its folders ${elsewhere.slice(0, 4).join(', ')}` : ''}; choose a repository in the format of transformers.`,
    );
  if (!byName.has('config.json'))
    throw new ModelError(
      `${address.id} has no config.json, so it can't be told what kind of model it is; choose another.`,
    );
  const json = byName.has('tokenizer.json');
  const vocabulary = vocabularies.find((names) => names.every((name) => byName.has(name)));
  const tokenizer = some([...tokenizers, ...(json ? [] : (vocabulary ?? []))]);
  if (!json && vocabulary === undefined)
    throw new ModelError(
      `${address.id} has neither tokenizer.json nor tokenizer.model; choose a repository that has one.`,
    );
  const licences = files.filter(
    ({ name, bytes }) => /^(licen[cs]e|notice)(\.(txt|md))?$/i.test(name) && bytes < 1e6,
  );
  return { small: [...some(described), ...licences], tokenizer, weights: lead };
}

/** Quantised formats are told by their files, before gigabytes are fetched; config.json tells the others. */
function refuseFormats(id: string, names: readonly string[]): void {
  const has = (name: string): boolean => names.includes(name);
  const gguf = names.find((name) => name.endsWith('.gguf'));
  const format = has('quantize_config.json')
    ? 'GPTQ (it has a quantize_config.json)'
    : has('quant_config.json')
      ? 'AWQ (it has a quant_config.json)'
      : gguf && !names.some((name) => weights.includes(name))
        ? `GGUF (${gguf})`
        : null;
  if (format !== null)
    throw new ModelError(
      `${id} is quantised as ${format}, which MoETopic does not read; choose the original model, MoETopic quantises it itself.`,
    );
}

/**
 * The files that an index names.
 * @throws ModelError when the repository lacks one.
 */
export function shardFiles(listing: HubListing, index: string, shards: Iterable<string>): HubFile[] {
  return [...new Set(shards)].sort().map((name) => {
    const file = listing.files.find((f) => f.name === name);
    if (file === undefined)
      throw new ModelError(
        `${listing.address.id} has no ${name}, which its ${index} names; choose another revision.`,
      );
    return file;
  });
}
