/**
 * Some of the reference's tokeniser classes keep a tokenizer.json's vocabulary, merges and post-processor and put their own steps around them
 * (transformers 5, TokenizersBackend.convert_to_native_format and the classes' constructors). These are their steps.
 */
type Json = Record<string, unknown>;

/** The class of a kind of model whose tokenizer_config.json names none. */
const byModel: Record<string, string> = {
  olmoe: 'GPTNeoXTokenizer',
  qwen2_moe: 'Qwen2Tokenizer',
  qwen3_moe: 'Qwen2Tokenizer',
  dbrx: 'GPT2Tokenizer',
  switch_transformers: 'T5Tokenizer',
  bert: 'BertTokenizer',
  nomic_bert: 'BertTokenizer',
};

/** For these the reference takes the file as it is, whatever class it names. */
const asItIs = ['mixtral', 'phimoe'];

/** The class by which the reference reads a model's tokeniser; null where the file alone counts. */
export function tokenizerClass(modelType: unknown, config: Json): string | null {
  if (typeof modelType === 'string' && asItIs.includes(modelType)) return null;
  const named = config.tokenizer_class;
  if (typeof named === 'string') return named.replace(/Fast$/, '');
  return typeof modelType === 'string' ? (byModel[modelType] ?? null) : null;
}

const qwenPattern =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

/** A tokenizer.json with the steps of a class. Those that the class does not set are the file's. */
export function withStepsOf(name: string | null, json: Json, config: Json): Json {
  const model = (json.model ?? {}) as Json;
  const bytes = JSON.stringify([json.pre_tokenizer, json.decoder] as const).includes('ByteLevel');
  const prefix = config.add_prefix_space;
  const byteLevel = (regex: boolean): Json => ({
    type: 'ByteLevel',
    add_prefix_space: prefix === true,
    trim_offsets: true,
    use_regex: regex,
  });
  if (model.type === 'BPE') {
    if (name === 'LlamaTokenizer' && !bytes)
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
  if (model.type === 'WordPiece' && name === 'BertTokenizer') return bert(json, model, config);
  if (model.type === 'Unigram' && name === 'T5Tokenizer')
    return {
      ...json,
      normalizer: precompiled(json.normalizer as Json | null),
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [
          { type: 'WhitespaceSplit' },
          { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
        ],
      },
      model: { ...model, unk_id: 2, byte_fallback: false },
    };
  return json;
}

function bert(json: Json, model: Json, config: Json): Json {
  const vocab = (model.vocab ?? {}) as Record<string, number>;
  const text = (key: string, otherwise: string): string => {
    const value = config[key];
    const content = typeof value === 'object' && value !== null ? (value as Json).content : value;
    return typeof content === 'string' ? content : otherwise;
  };
  const special = (token: string): Json => ({ id: token, ids: [vocab[token] ?? 0], tokens: [token] });
  const [first, last] = [text('cls_token', '[CLS]'), text('sep_token', '[SEP]')];
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
    post_processor: {
      type: 'TemplateProcessing',
      single: [
        { SpecialToken: { id: first, type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: last, type_id: 0 } },
      ],
      special_tokens: { [first]: special(first), [last]: special(last) },
    },
    model: {
      ...model,
      unk_token: text('unk_token', '[UNK]'),
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
    added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']
      .filter((token) => 'lines' in files && token in model.vocab)
      .map((content) => ({ id: model.vocab[content], content, special: true })),
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
