export { labelScores, type LabelScores } from './evaluate/labels.ts';
export { cvCoherence, npmiCoherence, type Coherence } from './evaluate/coherence.ts';
export { invertedRbo, topicDiversity } from './evaluate/diversity.ts';
export { silhouette, type Silhouette } from './evaluate/silhouette.ts';
