/** Chinese for what zod says of a value that does not fit, as the engine's errors hold it. */
const types: Readonly<Record<string, string>> = {
  string: '文本',
  number: '数字',
  boolean: '是或否',
  int: '整数',
  array: '列表',
  object: '对象',
  record: '对象',
  tuple: '列表',
  null: '空值',
  undefined: '没有值',
  nonoptional: '一个值',
  NaN: '非数字',
  Infinity: '无穷大',
};

/** Every pair of types is a sentence: as a value, a type's name could be a column's. */
const mismatches = Object.entries(types).flatMap(([expected, zhExpected]) =>
  Object.entries(types).map(
    ([received, zhReceived]) =>
      [
        `Invalid input: expected ${expected}, received ${received}`,
        `应为${zhExpected}，得到的是${zhReceived}`,
      ] as const,
  ),
);

export const checks: readonly (readonly [string, string])[] = [
  ['{}: {}: {}.', '{1}：{2}：{3}。'],
  ['{}: {}: {}; the file is damaged or of an unknown kind.', '{1}：{2}：{3}；文件已损坏或类型未知。'],
  ...mismatches,
  ['give a topic’s number; the outliers (−1) are no topic', '请给出主题的编号；离群（−1）不是主题'],
  ['an empty word is none', '空词不是词'],
  ['a word has at most {} characters', '词最多 {1} 个字符'],
  ['a name has at most {} characters', '名称最多 {1} 个字符'],
  ['give a whole number of documents, at least 2', '请给出文档的整数数量，至少为 2'],
  ['give a whole number of topics, at least 1, or auto', '请给出主题的整数数量，至少为 1，或 auto'],
  ['a cosine lies between -1 and 1', '余弦介于 -1 和 1 之间'],
  ['it lies between 0 and 1', '应介于 0 和 1 之间'],
  ['there are {}', '可用的有 {1}'],
  ['Invalid input: expected {}', '应为 {1}'],
  ['Invalid input', '值无效'],
  ['Invalid option: expected one of {}', '应为以下之一：{1}'],
  ['Invalid string: must match pattern {}', '文本应符合模式 {1}'],
  ['Invalid {}', '{1} 无效'],
  ['Invalid key in {}', '{1} 中的键无效'],
  ['Unrecognized key: {}', '未知的键：{1}'],
  ['Unrecognized keys: {}', '未知的键：{1}'],
  ['Too small: expected number to be {}', '过小：应 {1}'],
  ['Too small: expected int to be {}', '过小：应 {1}'],
  ['Too small: expected string to have {} characters', '过短：字符数应 {1}'],
  ['Too small: expected array to have {} items', '过少：项数应 {1}'],
  ['Too small: expected object to have {} keys', '过少：键数应 {1}'],
  ['Too big: expected number to be {}', '过大：应 {1}'],
  ['Too big: expected int to be {}', '过大：应 {1}'],
  ['Too big: expected string to have {} characters', '过长：字符数应 {1}'],
  ['Too big: expected array to have {} items', '过多：项数应 {1}'],
  ['Too big: expected object to have {} keys', '过多：键数应 {1}'],
  ['give auto, none, a language’s code, or a file', '请给出 auto、none、语言代码或文件'],
  ['takes auto or a two-letter code such as en, zh or de', '应为 auto 或两个字母的代码，如 en、zh 或 de'],
  ['takes a range within 1 to 3, such as 1-2', '应为 1 到 3 之间的范围，如 1-2'],
  ['Invalid number: must be a multiple of {}', '应为 {1} 的倍数'],
];
