/** Figures as plain Plotly JSON: the app, the exported HTML and the command line draw the same picture. */
export { topicMap, type TopicMapInput } from './topic-map.ts';
export { topicColors, type TopicColors, type TopicPlace } from './topic-colors.ts';
export { topicPeaks, type TopicPeak } from './peaks.ts';
export { outlierColor, type Theme } from './palette.ts';
export { plotlyConfig } from './layout.ts';
export { beginning, hoverText, plotlyText } from './text.ts';
