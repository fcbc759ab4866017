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
export const figures = {
  bars: map.keywordBars(topics),
  sizes: map.topicSizes(topics),
  ranks: map.termRank(topics),
  hierarchy: map.hierarchyFigure(inner, merges),
  similarity: map.similarityHeatMap(inner, similarity),
  experts: map.expertHeatMap(similarity, ['layer 0', 'layer 1', 'layer 2']),
  contingency: map.contingencyFigure(['a', '<b>', 'c'], inner, similarity, { normalised: true }),
  intertopic: map.intertopicMap(inner, similarity),
  time: map.topicsOverTime(
    topics,
    ['2020-01-01', '2021-01-01'],
    [{ topic: 0, counts: [1, 2], keywords: [['x'], ['<y>']] }],
  ),
  classes: map.topicsPerClass(topics, ['a', '<b>'], [{ topic: 1, counts: [3, 4] }]),
  sweep: map.sizeSweep([{ size: 5, topics: 9, outlierShare: 0.2 }], 5),
  tree: map.condensedTreeFigure(tree, labels),
  flow: map.topicFlow([
    { name: 'HS', topics, labels },
    { name: 'RW', topics, labels },
  ]),
};
