/** What reading a model's tokenizer.json may complain of. */
export const tokenisers: readonly (readonly [string, string])[] = [
  [
    'tokenizer.json merges {} and {}, but its vocabulary lacks one of them or the two together; the file is damaged.',
    'tokenizer.json 合并 {1} 与 {2}，但其词表缺少其中之一或二者合并的结果；文件已损坏。',
  ],
  [
    'tokenizer.json has the merge {}, which is no pair of pieces; it is damaged.',
    'tokenizer.json 中的合并规则 {1} 不是一对片段；文件已损坏。',
  ],
  [
    'tokenizer.json: the precompiled rules of normalisation are damaged.',
    'tokenizer.json：预编译的规范化规则已损坏。',
  ],
  [
    'tokenizer.json has a pattern that is neither a string nor a regular expression.',
    'tokenizer.json 中有一个模式既不是字符串也不是正则表达式。',
  ],
  ['tokenizer.json has the normalizer {}, which is not known.', 'tokenizer.json 使用未知的规范化器 {1}。'],
  [
    "tokenizer.json splits by the pattern {}, which can't be read: {}.",
    'tokenizer.json 按模式 {1} 切分，但无法解析该模式：{2}。',
  ],
  [
    'tokenizer.json has a model of the type {}; MoETopic reads BPE, Unigram, WordPiece and WordLevel.',
    'tokenizer.json 的模型类型为 {1}；MoETopic 可读取 BPE、Unigram、WordPiece 和 WordLevel。',
  ],
  [
    'tokenizer.json has the post-processor {}, which is not known.',
    'tokenizer.json 使用未知的后处理器 {1}。',
  ],
  [
    'tokenizer.json: a post-processor names no token and its number; it is damaged.',
    'tokenizer.json：后处理器未给出词元及其编号；文件已损坏。',
  ],
  [
    'tokenizer.json: its template uses the token {}, of which it does not say the number; the file is damaged.',
    'tokenizer.json：其模板使用词元 {1}，但未给出其编号；文件已损坏。',
  ],
  ['tokenizer.json has the pre-tokenizer {}, which is not known.', 'tokenizer.json 使用未知的预分词器 {1}。'],
  [
    'tokenizer.json splits with the behavior {}, which is not known.',
    'tokenizer.json 使用未知的切分方式 {1}。',
  ],
  [
    'tokenizer.json has no unknown piece, but the text needs one.',
    'tokenizer.json 没有未知词片段，但文本需要它。',
  ],
  [
    'tokenizer.json: piece {} is no text with a score; the file is damaged.',
    'tokenizer.json：片段 {1} 不是带分数的文本；文件已损坏。',
  ],
  ['tokenizer.json has no vocabulary; download it again.', 'tokenizer.json 没有词表；请重新下载。'],
  [
    'tokenizer.json gives the piece {} no number; it is damaged.',
    'tokenizer.json 未给片段 {1} 编号；文件已损坏。',
  ],
  [
    'tokenizer.json: the unknown token {} is not in its own vocabulary; the file is damaged.',
    'tokenizer.json：未知词元 {1} 不在其词表中；文件已损坏。',
  ],
];
