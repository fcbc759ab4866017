/** The words of the engine's figures: axes, bars of colour and hover texts, never what documents say. */
import type { PlotlyFigure } from '../../../core/protocol.ts';

const words: Readonly<Record<string, string>> = {
  documents: '文档数',
  'rank of the keyword': '关键词位次',
  weight: '权重',
  'λ = 1 / distance': 'λ = 1 / 距离',
  distance: '距离',
  'share of the topic': '占主题的比例',
  'share of the label': '占标签的比例',
  'smallest topic size': '最小主题',
  topics: '主题数',
  outliers: '离群',
  Outliers: '离群',
  'cosine similarity': '余弦相似度',
  'mean routing weight': '平均路由权重',
};

/** In templates the values are Plotly's own places (%{x}), so that only our words are left to be matched. */
const templates: readonly (readonly [RegExp, string])[] = [
  [/(%\{[^}]*\}) documents/g, '$1 篇文档'],
  [/distance (%\{[^}]*\})/g, '距离 $1'],
  [/^size (%\{[^}]*\})/g, '最小主题 $1'],
  [/(%\{[^}]*\}) topics/g, '$1 个主题'],
  [/(%\{[^}]*\}) outliers/g, '$1 离群'],
  [/cosine (%\{[^}]*\})/g, '余弦 $1'],
];

export function figureInChinese({ data, layout }: PlotlyFigure): PlotlyFigure {
  return {
    data: translate(data) as PlotlyFigure['data'],
    layout: translate(layout) as PlotlyFigure['layout'],
  };
}

/** Names and ticks of topics are data: of those only the word for outliers is ours. */
const own = new Set(['ticktext', 'name', 'text', 'hovertext', 'label']);

function translate(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return said(value, key);
  if (Array.isArray(value)) {
    const isText = own.has(key) || key === 'data' || value.some((item) => typeof item === 'object');
    return isText ? value.map((item) => translate(item, key)) : value;
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'title' ? title(inner) : translate(inner, name),
    ]),
  );
}

function title(value: unknown): unknown {
  if (typeof value === 'string') return words[value] ?? value;
  const { text } = value as { text?: string };
  return { ...(value as object), ...(text === undefined ? {} : { text: words[text] ?? text }) };
}

function said(value: string, key: string): string {
  if (key === 'hovertemplate') return templates.reduce((text, [from, to]) => text.replace(from, to), value);
  if (!own.has(key)) return value;
  if (/^outliers$/i.test(value)) return words.outliers;
  // The intertopic map writes its hover texts out, one a topic.
  return value.replace(/<br>(\d+) documents$/, '<br>$1 篇文档');
}
