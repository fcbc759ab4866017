import type { Language } from '../base/language.ts';

const en = {
  documents: 'documents',
  topics: 'topics',
  outliers: 'outliers',
  Outliers: 'Outliers',
  outlier: 'outlier',
  shareOfTopic: 'share of the topic',
  shareOfLabel: 'share of the label',
  rank: 'rank of the keyword',
  weight: 'weight',
  distance: 'distance',
  lambda: 'λ = 1 / distance',
  cosine: 'cosine similarity',
  routing: 'mean routing weight',
  smallestSize: 'smallest topic size',
  titles: {
    bars: 'Keywords',
    sizes: 'Topic sizes',
    hierarchy: 'Hierarchy',
    similarity: 'Similarity',
    distance: 'Intertopic distance',
    'over-time': 'Topics over time',
    'per-class': 'Topics per label',
    experts: 'Expert load',
  },
  notSelected: 'not selected',
  documentsOf: (count: string | number) => `${count} documents`,
  topicsOf: (count: string | number) => `${count} topics`,
  labelsOf: (count: number) => `${count} labels`,
  layersOf: (count: number) => `${count} layers`,
  expertsOf: (count: number) => `${count} experts`,
  outliersOf: (count: string | number) => `outliers (${count})`,
  topicOf: (id: string | number) => `topic ${id}`,
  expertOf: (number: number) => `expert ${number}`,
  layerOf: (number: number) => `layer ${number}`,
  attentionOf: (number: number) => `layer ${number} attention`,
  sizeOf: (size: string) => `size ${size}`,
  distanceOf: (distance: string) => `distance ${distance}`,
};

/** What figures say themselves: axes, bars of colour, hover texts. Values are numbers or Plotly's own places (`%{x}`). */
export type FigureWords = typeof en;

const zhCN: FigureWords = {
  documents: '文档数',
  topics: '主题数',
  outliers: '离群',
  Outliers: '离群',
  outlier: '离群',
  shareOfTopic: '占主题的比例',
  shareOfLabel: '占标签的比例',
  rank: '关键词位次',
  weight: '权重',
  distance: '距离',
  lambda: 'λ = 1 / 距离',
  cosine: '余弦相似度',
  routing: '平均路由权重',
  smallestSize: '最小主题',
  titles: {
    bars: '关键词',
    sizes: '主题大小',
    hierarchy: '层次结构',
    similarity: '相似度',
    distance: '主题间距离',
    'over-time': '主题随时间变化',
    'per-class': '各标签的主题',
    experts: '专家负载',
  },
  notSelected: '未选中',
  documentsOf: (count) => `${count} 篇文档`,
  topicsOf: (count) => `${count} 个主题`,
  labelsOf: (count) => `${count} 个标签`,
  layersOf: (count) => `${count} 层`,
  expertsOf: (count) => `${count} 个专家`,
  outliersOf: (count) => `离群 (${count})`,
  topicOf: (id) => `主题 ${id}`,
  expertOf: (number) => `专家 ${number}`,
  layerOf: (number) => `第 ${number} 层`,
  attentionOf: (number) => `第 ${number} 层注意力`,
  sizeOf: (size) => `最小主题 ${size}`,
  distanceOf: (distance) => `距离 ${distance}`,
};

const words: Readonly<Record<Language, FigureWords>> = { en, 'zh-CN': zhCN };

export function figureWords(language: Language = 'en'): FigureWords {
  return words[language];
}
