/**
 * Chinese for what the stages' schemas say of the parameters in the first part of the form. English has no such list: the
 * schemas are its source.
 */
export const zhParams: Readonly<Record<string, string>> = {
  model: '模型：自带的、已添加的，或已转换模型的文件夹。',
  embedding: '用作嵌入的内容：隐藏状态、路由权重，或两者拼接、求和。',
  device: '模型在哪里运行；auto 选择第一个可用且与 CPU 结果一致的设备。',
  sample: '只读取这么多篇文档，按种子抽取并保持原有顺序；0 表示全部。',
  minTopicSize:
    '构成一个主题最少需要的文档数；auto 取文档数平方根的四分之一，至少为 5（少于 60 篇文档时取十二分之一）。',
  language: '文档的语言（停用词、分词）；auto 从文本判断。',
  seed: '所有随机抽取的种子：种子相同，结果相同。',
};

export const zhUnits: Readonly<Record<string, string>> = {
  documents: '篇',
  tokens: '词元',
  words: '词',
};
