/** Figures as plain Plotly JSON: the app, the exported HTML and the command line draw the same picture. */
export { topicMap, topicMaps, type TopicMapInput } from './topic-map.ts';
export { densityTrace } from './density.ts';
export { topicColors, type TopicColors, type TopicPlace } from './topic-colors.ts';
export { topicPeaks, type TopicPeak } from './peaks.ts';
export { labelLevels, type LevelName, type NamedPlace } from './label-levels.ts';
export { extentOf, type Extent } from './labels.ts';
export { keywordBars, termRank, topicSizes, type FigureOptions } from './bars.ts';
export { hierarchyFigure } from './hierarchy.ts';
export type { Merges } from './tree.ts';
export { contingencyFigure, expertHeatMap, similarityHeatMap } from './heat.ts';
export { classicalScaling, intertopicMap } from './intertopic.ts';
export { sizeSweep, topicsOverTime, topicsPerClass, type TopicSeries } from './series.ts';
export { condensedTreeFigure } from './condensed.ts';
export { topicFlow, type FlowSide } from './flow.ts';
export { outlierColor, type Theme } from './palette.ts';
export { plotlyConfig } from './layout.ts';
export { figureWords, type FigureWords } from './words.ts';
export { beginning, hoverText, plotlyText } from './text.ts';
