export { labelScores, type LabelScores } from './evaluate/labels.ts';
export { cvCoherence, npmiCoherence, type Coherence } from './evaluate/coherence.ts';
export { invertedRbo, topicDiversity } from './evaluate/diversity.ts';
export { silhouette, type Silhouette } from './evaluate/silhouette.ts';
export {
  assignments,
  countTopics,
  currentTopic,
  findTopic,
  initialState,
  rowsOf,
  stateHash,
  type RetiredTopic,
  type TopicRecord,
  type TopicState,
  type VocabularyState,
} from './state.ts';
export {
  describeOperation,
  operationSchema,
  operationTypes,
  outlierStrategies,
  type OutlierStrategy,
  type TopicOperation,
} from './operations.ts';
export { applyOperation, applyParsed, parseOperation } from './apply.ts';
export {
  currentState,
  effectOf,
  perform,
  previewOperation,
  redo,
  replay,
  restoreHistory,
  startHistory,
  undo,
  type OperationEffect,
  type TopicHistory,
} from './history.ts';
export type { Membership, TopicTools } from './tools.ts';
export { planOutliers, type OutlierPlan } from './outliers.ts';
export { topicSimilarity, type ComparedBy } from './reduce.ts';
export {
  cosinesTo,
  findTopics,
  nearestTopics,
  similarityByTerms,
  similarityByVectors,
  topicVectors,
  type TopicMatch,
  type TopicSimilarity,
  type TopicVectors,
} from './similarity.ts';
export { cutAt, cutTo, linkage, linkageMethods, type Linkage, type LinkageMethod } from './linkage.ts';
export {
  approximateDistribution,
  distributionDefaults,
  tokenDistribution,
  type DistributionOptions,
  type Distributions,
  type TokenDistribution,
} from './distributions.ts';
export {
  cutHierarchy,
  groupWeights,
  topicHierarchy,
  type Hierarchy,
  type HierarchyNode,
} from './hierarchy.ts';
export { topicNeighbourhoods, topicsNearest, type TopicNeighbourhoods } from './nearest.ts';
export { topWords, withPinned } from './words.ts';
export {
  binsByCalendar,
  binsByCount,
  calendarUnits,
  parseDate,
  parseDates,
  type CalendarUnit,
  type TimeBins,
} from './dates.ts';
export {
  classesOf,
  sliceByTime,
  sliceByClass,
  tuningDefaults,
  type TopicSlice,
  type TuningOptions,
} from './slices.ts';
export { contrastingDocuments, representativesByVectors, type DocumentMatch } from './representatives.ts';
export { bestMatches, overlap, type BestMatch, type Overlap } from './overlap.ts';
export { stability, type Stability, type StabilityRun, type TopicStability } from './stability.ts';
export { compareRuns, type ComparedRun, type Comparison, type Flow } from './compare.ts';
export { guideParams, type GuideParams } from './guide-params.ts';
export {
  guide,
  joinZeroShot,
  labelsAsTopics,
  SEED_MULTIPLIER,
  seedMultiplier,
  zeroShot,
  type ZeroShot,
} from './guided.ts';
export { readBertopic, type BertopicModel } from './bertopic/read.ts';
export { writeBertopic, type BertopicExport } from './bertopic/write.ts';
export { matchTopics, relabel, type MergeMode, type ProjectMatch } from './match.ts';
export {
  nameTopics,
  namingRequest,
  type Naming,
  type NamingEndpoint,
  type TopicToName,
} from './language-model.ts';
