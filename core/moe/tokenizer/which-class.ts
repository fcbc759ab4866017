/** The classes whose steps are known; the reference reads every other tokeniser from its files as they are. */
export type TokenizerClass =
  | 'LlamaTokenizer'
  | 'GPT2Tokenizer'
  | 'GPTNeoXTokenizer'
  | 'Qwen2Tokenizer'
  | 'BertTokenizer'
  | 'T5Tokenizer'
  | 'XLMRobertaTokenizer';

/** Names, without "Fast", by which configurations call them. */
const known: Record<string, TokenizerClass> = {
  LlamaTokenizer: 'LlamaTokenizer',
  GPT2Tokenizer: 'GPT2Tokenizer',
  GPTNeoXTokenizer: 'GPTNeoXTokenizer',
  Qwen2Tokenizer: 'Qwen2Tokenizer',
  BertTokenizer: 'BertTokenizer',
  ElectraTokenizer: 'BertTokenizer',
  LayoutLMTokenizer: 'BertTokenizer',
  LxmertTokenizer: 'BertTokenizer',
  MobileBertTokenizer: 'BertTokenizer',
  SqueezeBertTokenizer: 'BertTokenizer',
  T5Tokenizer: 'T5Tokenizer',
  XLMRobertaTokenizer: 'XLMRobertaTokenizer',
};

/** The class of a kind of model whose configuration names none. */
const byModel: Record<string, TokenizerClass> = {
  olmoe: 'GPTNeoXTokenizer',
  qwen2_moe: 'Qwen2Tokenizer',
  qwen3_moe: 'Qwen2Tokenizer',
  dbrx: 'GPT2Tokenizer',
  switch_transformers: 'T5Tokenizer',
  bert: 'BertTokenizer',
  nomic_bert: 'BertTokenizer',
};

/** For these the reference takes the files as they are, whatever class they name. */
const asTheyAre = ['mixtral', 'phimoe', 'granitemoe'];

/**
 * The class by which transformers 5's AutoTokenizer reads a model's tokeniser; null where the files alone count.
 * @param named `tokenizer_class` of tokenizer_config.json or, failing that, of config.json
 * @param byteLevel whether there is a tokenizer.json that works on bytes, which no LlamaTokenizer does
 */
export function tokenizerClass(
  modelType: unknown,
  named: unknown,
  byteLevel: boolean,
): TokenizerClass | null {
  const type = typeof modelType === 'string' ? modelType : '';
  if (asTheyAre.includes(type)) return null;
  if (typeof named !== 'string' || named === '') return Object.hasOwn(byModel, type) ? byModel[type] : null;
  const name = named.replace(/Fast$/, '');
  if (!Object.hasOwn(known, name) || (name === 'LlamaTokenizer' && byteLevel)) return null;
  return known[name];
}
