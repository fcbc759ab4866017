import { contentOf } from './special-tokens.ts';
import type { TokenizerClass } from './which-class.ts';

/**
 * Some of the reference's tokeniser classes keep a tokenizer.json's vocabulary, merges and post-processor and put their own steps around them
 * (transformers 5, TokenizersBackend.convert_to_native_format and the classes' constructors). These are their steps.
 */
type Json = Record<string, unknown>;

const qwenPattern =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

/**
 * A tokenizer.json with the steps of a class; those that the class does not set are the file's. The same object for a model that the class
 * can't hold. @param config as `completedConfig` gives it
 */
export function withStepsOf(name: TokenizerClass | null, file: Json, config: Json): Json {
  const model = typed((file.model ?? {}) as Json);
  if (name === null || model.type !== modelOf[name]) return file;
  const json: Json = { ...file, added_tokens: addedTokens(file, config) };
  const prefix = config.add_prefix_space;
  const byteLevel = (regex: boolean): Json => ({
    type: 'ByteLevel',
    add_prefix_space: prefix === true,
    trim_offsets: true,
    use_regex: regex,
  });
  if (model.type === 'BPE') {
    if (name === 'LlamaTokenizer')
      return {
        ...json,
        normalizer: null,
        pre_tokenizer: {
          type: 'Metaspace',
          replacement: '▁',
          prepend_scheme: prefix === false ? 'never' : config.legacy === true ? 'always' : 'first',
          split: false,
        },
        model: { ...model, unk_token: null, fuse_unk: true, byte_fallback: true, ignore_merges: false },
      };
    const plain = { ...model, unk_token: null, fuse_unk: false, byte_fallback: false, ignore_merges: false };
    if (name === 'GPT2Tokenizer')
      return { ...json, normalizer: null, pre_tokenizer: byteLevel(true), model: plain };
    if (name === 'GPTNeoXTokenizer')
      return {
        ...json,
        normalizer: { type: 'NFC' },
        pre_tokenizer: byteLevel(true),
        model: plain,
        post_processor: null,
      };
    if (name === 'Qwen2Tokenizer')
      return {
        ...json,
        normalizer: { type: 'NFC' },
        pre_tokenizer: {
          type: 'Sequence',
          pretokenizers: [
            { type: 'Split', pattern: { Regex: qwenPattern }, behavior: 'Isolated', invert: false },
            byteLevel(false),
          ],
        },
        model: plain,
      };
  }
  if (name === 'BertTokenizer') return bert(json, model, config);
  const prepended = name === 'T5Tokenizer' || prefix === undefined || truthy(prefix);
  return {
    ...json,
    normalizer: precompiled(json.normalizer as Json | null),
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'WhitespaceSplit' },
        {
          type: 'Metaspace',
          replacement: '▁',
          prepend_scheme: prepended ? 'always' : 'never',
          split: true,
        },
      ],
    },
    model: { ...model, unk_id: name === 'T5Tokenizer' ? 2 : 3, byte_fallback: false },
    post_processor:
      name === 'T5Tokenizer'
        ? template(model.vocab, null, ['</s>', contentOf(config.eos_token)])
        : template(model.vocab, contentOf(config.bos_token), contentOf(config.eos_token)),
  };
}

const modelOf: Record<TokenizerClass, string> = {
  LlamaTokenizer: 'BPE',
  GPT2Tokenizer: 'BPE',
  GPTNeoXTokenizer: 'BPE',
  Qwen2Tokenizer: 'BPE',
  BertTokenizer: 'WordPiece',
  T5Tokenizer: 'Unigram',
  XLMRobertaTokenizer: 'Unigram',
};

/** Older files don't say of which type their model is. */
function typed(model: Json): Json {
  if (model.type !== undefined) return model;
  return { ...model, type: Array.isArray(model.vocab) ? 'Unigram' : model.merges ? 'BPE' : 'WordPiece' };
}

/** A class adds the file's tokens anew, by their numbers' order, unless the configuration lists them itself. */
function addedTokens(file: Json, config: Json): Json[] {
  if (config.added_tokens_decoder !== undefined) return [];
  return ((file.added_tokens ?? []) as Json[])
    .toSorted((a, b) => Number(a.id) - Number(b.id))
    .map(({ id: _, ...token }) => token);
}

/**
 * A post-processor that puts one token before and one after a text. A token is its text, or what the template calls it and its text.
 * Numbers of tokens that are not in the vocabulary are left to the reader, who knows those that were added.
 */
export function template(
  vocab: unknown,
  before: string | null,
  after: string | readonly [string, string] | null,
): Json | null {
  const special: Record<string, Json> = {};
  const put = (token: string | readonly [string, string]): Json => {
    const [id, content] = typeof token === 'string' ? [token, token] : token;
    const number = idIn(vocab, content);
    special[id] = { id, ...(number === undefined ? {} : { ids: [number] }), tokens: [content] };
    return { SpecialToken: { id, type_id: 0 } };
  };
  if (before === null && after === null) return null;
  const single = [
    ...(before === null ? [] : [put(before)]),
    { Sequence: { id: 'A', type_id: 0 } },
    ...(after === null ? [] : [put(after)]),
  ];
  return { type: 'TemplateProcessing', single, special_tokens: special };
}

function idIn(vocab: unknown, content: string): number | undefined {
  if (!Array.isArray(vocab)) {
    const numbers = (vocab ?? {}) as Record<string, number>;
    return Object.hasOwn(numbers, content) ? numbers[content] : undefined;
  }
  const at = (vocab as [string, number][]).findLastIndex(([piece]) => piece === content);
  return at < 0 ? undefined : at;
}

/** What add_bos_token and add_eos_token ask for where no tokenizer.json has a post-processor. */
export function aroundByFlags(vocab: unknown, config: Json): Json | null {
  const token = (flag: string, name: string): string | null =>
    truthy(config[flag]) && contentOf(config[name]) !== '' ? contentOf(config[name]) : null;
  return template(vocab, token('add_bos_token', 'bos_token'), token('add_eos_token', 'eos_token'));
}

function truthy(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== '';
}

function bert(json: Json, model: Json, config: Json): Json {
  return {
    ...json,
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: config.tokenize_chinese_chars !== false,
      strip_accents: config.strip_accents ?? null,
      lowercase: config.do_lower_case !== false,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: template(model.vocab, contentOf(config.cls_token), contentOf(config.sep_token)),
    model: {
      ...model,
      unk_token: contentOf(config.unk_token),
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
    },
  };
}

/** A tokenizer.json of vocab.txt (a piece a line) or of vocab.json and merges.txt, which have no steps of their own. */
export function fromVocabulary(
  files: { readonly lines: string } | { readonly vocab: Json; readonly merges: string },
): Json {
  const lines = (text: string): string[] =>
    text
      .replace(/\n$/, '')
      .split('\n')
      .map((l) => l.replace(/\r$/, ''));
  const model =
    'lines' in files
      ? { type: 'WordPiece', vocab: Object.fromEntries(lines(files.lines).map((piece, id) => [piece, id])) }
      : {
          type: 'BPE',
          vocab: files.vocab,
          merges: lines(files.merges).filter((l) => l !== '' && !l.startsWith('#version')),
        };
  return {
    version: '1.0',
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    model,
  };
}

/** Of a normaliser's steps the compiled rules alone. */
function precompiled(normalizer: Json | null): Json | null {
  const steps = normalizer?.type === 'Sequence' ? (normalizer.normalizers as Json[]) : [normalizer];
  return steps.find((s) => s?.type === 'Precompiled') ?? null;
}
