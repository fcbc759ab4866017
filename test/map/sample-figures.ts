import type { Language } from '../../core/base/language.ts';
import * as map from '../../core/map/index.ts';
import { sampleTopics } from './sample.ts';

export const labels = Int32Array.of(0, 0, 0, 1, 1, 2, -1, 2, 2);
const topics = sampleTopics(labels);
const inner = topics.filter((t) => t.id >= 0);
const merges = { left: [0, 3], right: [1, 2], distance: [0.2, 0.5] };
export const matrix = (rows: number[][]) => ({
  data: Float32Array.from(rows.flat()),
  rows: rows.length,
  columns: rows[0].length,
});
const similarity = matrix([
  [1, 0.8, 0.1],
  [0.8, 1, 0.2],
  [0.1, 0.2, 1],
]);
export const tree = {
  parent: Int32Array.of(9, 9, 9, 10, 10, 10, 11, 11, 11, 11, 11),
  child: Int32Array.of(10, 11, 6, 0, 1, 2, 3, 4, 5, 7, 8),
  lambda: Float64Array.of(1, 1, 0.5, 2, 2, 3, 2, 2, 2, 2, Infinity),
  size: Int32Array.of(3, 5, 1, 1, 1, 1, 1, 1, 1, 1, 1),
};

/** One figure of each kind. */
export const sampleFigures = (language?: Language, theme?: map.Theme) => ({
  bars: map.keywordBars(topics, { language, theme }),
  sizes: map.topicSizes(topics, { language, theme }),
  ranks: map.termRank(topics, { language, theme }),
  hierarchy: map.hierarchyFigure(inner, merges, { language, theme }),
  similarity: map.similarityHeatMap(inner, similarity, { language, theme }),
  experts: map.expertHeatMap(similarity, ['r0', 'r1', 'r2'], { language, theme }),
  contingency: map.contingencyFigure(['a', '<b>', 'c'], inner, similarity, {
    normalised: true,
    language,
    theme,
  }),
  intertopic: map.intertopicMap(inner, similarity, { language, theme }),
  time: map.topicsOverTime(
    topics,
    ['2020-01-01', '2021-01-01'],
    [{ topic: 0, counts: [1, 2], keywords: [['x'], ['<y>']] }],
    { language, theme },
  ),
  classes: map.topicsPerClass(topics, ['a', '<b>'], [{ topic: 1, counts: [3, 4] }], { language, theme }),
  sweep: map.sizeSweep([{ size: 5, topics: 9, outlierShare: 0.2 }], 5, { language, theme }),
  tree: map.condensedTreeFigure(tree, labels, { language, theme }),
  flow: map.topicFlow(
    [
      { name: 'HS', topics, labels },
      { name: 'RW', topics, labels },
    ],
    { language, theme },
  ),
});

export const figures = sampleFigures();

/** Its names stand in `layout.meta` unescaped, for whoever places them. */
export const sampleMaps = (language?: Language) =>
  map.topicMaps({
    x: Float32Array.from(labels),
    y: Float32Array.from(labels),
    labels,
    topics,
    texts: Array.from(labels, String),
    language,
  });
export const sampleMap = (language?: Language) => sampleMaps(language).light;
