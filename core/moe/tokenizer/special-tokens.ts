import type { TokenizerClass } from './which-class.ts';

type Json = Record<string, unknown>;

const endOfText = '<|endoftext|>';

/** Special tokens that a class has where the configuration does not name them (the classes' constructors). */
const defaults: Record<TokenizerClass, Record<string, string>> = {
  LlamaTokenizer: { bos_token: '<s>', eos_token: '</s>', unk_token: '<unk>' },
  GPT2Tokenizer: { bos_token: endOfText, eos_token: endOfText, unk_token: endOfText },
  GPTNeoXTokenizer: {
    bos_token: endOfText,
    eos_token: endOfText,
    unk_token: endOfText,
    pad_token: '<|padding|>',
  },
  Qwen2Tokenizer: { eos_token: endOfText, unk_token: endOfText, pad_token: endOfText },
  BertTokenizer: {
    unk_token: '[UNK]',
    sep_token: '[SEP]',
    pad_token: '[PAD]',
    cls_token: '[CLS]',
    mask_token: '[MASK]',
  },
  T5Tokenizer: { eos_token: '</s>', unk_token: '<unk>', pad_token: '<pad>' },
  XLMRobertaTokenizer: {
    bos_token: '<s>',
    eos_token: '</s>',
    unk_token: '<unk>',
    sep_token: '</s>',
    pad_token: '<pad>',
    cls_token: '<s>',
    mask_token: '<mask>',
  },
};

/** What the files beside a tokeniser say of its special tokens; each is an empty object where it is missing. */
export interface SpecialTokenFiles {
  /** tokenizer_config.json */
  readonly config: Json;
  /** special_tokens_map.json and added_tokens.json, which count only where the first lists no added tokens itself. */
  readonly map: Json;
  readonly added: Json;
  /** `added_tokens` and `padding` of tokenizer.json. */
  readonly inFile: readonly Json[];
  readonly padding: Json;
}

/** tokenizer_config.json with what older files beside it and the class add (PreTrainedTokenizerBase._from_pretrained). */
export function completedConfig(name: TokenizerClass | null, files: SpecialTokenFiles): Json {
  const config = { ...files.config };
  if (config.additional_special_tokens !== undefined && !truthy(config.extra_special_tokens))
    config.extra_special_tokens = config.additional_special_tokens;
  delete config.additional_special_tokens;
  if (config.added_tokens_decoder === undefined) {
    for (const [key, value] of Object.entries(files.map))
      if (key !== 'additional_special_tokens') config[key] = value;
      else config.extra_special_tokens ??= value;
    const specials = specialsOf(config);
    const decoder: Record<string, Json> = {};
    for (const [content, id] of Object.entries(files.added))
      decoder[String(id)] = { content, special: specials.has(content), normalized: !specials.has(content) };
    if (Object.keys(decoder).length > 0) {
      for (const { id, ...token } of files.inFile) decoder[String(id)] = token;
      config.added_tokens_decoder = decoder;
    }
  }
  for (const [key, token] of Object.entries(name === null ? {} : defaults[name]))
    if (config[key] === undefined) config[key] = token;
  if (config.pad_token === undefined && typeof files.padding.pad_token === 'string')
    config.pad_token = files.padding.pad_token;
  return name === 'Qwen2Tokenizer' ? withPlainTokens(config, files.inFile) : config;
}

/** Qwen2's class adds its special tokens once more at the end, by their text alone, so that no other setting of theirs holds. */
function withPlainTokens(config: Json, inFile: readonly Json[]): Json {
  const out = { ...config };
  for (const key of Object.keys(config))
    if (key.endsWith('_token') && contentOf(config[key]) !== '') out[key] = contentOf(config[key]);
  if (Array.isArray(config.extra_special_tokens))
    out.extra_special_tokens = config.extra_special_tokens.map(contentOf);
  const specials = specialsOf(out);
  const decoder =
    (config.added_tokens_decoder as Json | undefined) ??
    Object.fromEntries(inFile.map(({ id, ...token }) => [String(id), token]));
  out.added_tokens_decoder = Object.fromEntries(
    Object.entries(decoder).map(([id, token]) => [
      id,
      specials.has(contentOf(token)) ? { content: contentOf(token), special: true } : token,
    ]),
  );
  return out;
}

function specialsOf(config: Json): Set<string> {
  const named = Object.keys(config).filter((k) => k.endsWith('_token'));
  return new Set([...named.map((k) => config[k]), ...listOf(config.extra_special_tokens)].map(contentOf));
}

/** A special token's text, however it is written; '' for none. */
export function contentOf(token: unknown): string {
  const value = typeof token === 'object' && token !== null ? (token as Json).content : token;
  return typeof value === 'string' ? value : '';
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** As Python has it: an empty list or object counts for nothing. */
function truthy(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}
