/** The only door of the library: `import { … } from 'moetopic'`. */
export * from './base/errors.ts';
export { checkMatrix, row, zeros, type Matrix } from './base/matrix.ts';
export { readNpy, writeNpy } from './base/npy.ts';
export { describeParams, parseParams, type ParamInfo } from './base/params.ts';
export {
  quietContext,
  stageNames,
  type Progress,
  type StageContext,
  type StageName,
} from './base/progress.ts';
export {
  assetPath,
  cacheFolder,
  folderBytes,
  packageRoot,
  packageVersion,
  setCacheFolder,
} from './base/paths.ts';
export { writeAtomically } from './base/atomic.ts';
export * from './corpus/index.ts';
export * from './embed/index.ts';
export * from './reduce/index.ts';
export * from './cluster/index.ts';
export * from './keywords/index.ts';

export * from './topics/index.ts';
export * from './map/index.ts';
export * from './store/index.ts';
export * from './export/index.ts';
export { readColumns, readLabels, readTexts } from './run/labels.ts';
export { parseRunParams, stageSchemas, type RunParams } from './run/params.ts';
export { run, type RunOutcome, type RunPartial, type RunRequest, type RunState } from './run/pipeline.ts';
export { resultFiles, runToFolder, runView, type RunToFolder } from './run/results.ts';
export { storedEmbedding } from './run/document-embedding.ts';
export { Session } from './project/session.ts';
export { evaluate } from './project/evaluate.ts';
export { projectFigure, figureNames, type FigureName } from './project/figures.ts';
export { cosines, largest } from './project/cosines.ts';
export { evaluateLabels, type Evaluation } from './project/evaluate.ts';
export { estimateRun } from './run/estimate.ts';
export { versions } from './run/manifest.ts';
export { expertNames, topicExperts, traceTokens } from './project/experts.ts';
export { expertProfile, expertsOverview } from './project/expert-profile.ts';
export {
  performOperation,
  redoOperation,
  replayOperations,
  rowsAssigned,
  undoOperation,
} from './project/topics.ts';
export { previewOperationOn } from './project/preview.ts';
export { projectHierarchy, type HierarchyRequest } from './project/hierarchy.ts';
export {
  projectOverTime,
  projectPerClass,
  type OverTimeRequest,
  type PerClassRequest,
} from './project/slices.ts';
export { tokenTopics, topicDocuments } from './project/documents.ts';
export {
  representationMethods,
  topicRepresentations,
  type RepresentationMethod,
} from './project/representations.ts';
export { nameByModel, previewNaming } from './project/naming.ts';
export { projectStability, type StabilityRequest } from './project/stability.ts';
export { topicMerges } from './project/figures.ts';
export { documentTimes, readableBins } from './project/time.ts';
export { reasonsInForce } from './project/reasons.ts';
export { sessionView } from './project/session-view.ts';
export { sweepTopicSizes, type SweepPoint } from './project/sweep.ts';
export { predictionColumns, predictionRows, predictTopics, type Prediction } from './project/transform.ts';
export { exportSession } from './project/export.ts';
export { exportFormats, type ExportFormat } from './protocol.ts';
export {
  comparedEmbeddings,
  compareEmbeddings,
  type ComparedEmbedding,
  type EmbeddingComparison,
  type Variant,
} from './project/compare-embeddings.ts';
export {
  comparisonFiles,
  comparisonReport,
  agreementRows,
  flowFigure,
  namedMeasures,
  writeComparison,
  measureName,
} from './project/compare-files.ts';
export { mergeProjects, type MergeRequest } from './project/merge.ts';
export { growProject, type GrowRequest } from './project/grow.ts';
export { importBertopic, type ImportRequest } from './project/import-bertopic.ts';
export { resolveModel, type ModelChoice } from './models/resolve.ts';
export { addModel, removeModel, type AddOptions } from './models/add.ts';
export { installedModel, installedModels, listModels } from './models/list.ts';
export { languageMisfit, misfitSentence, runMisfit } from './models/language-fit.ts';
export { offerModel } from './models/offer.ts';
export { showModel, type ShownModel } from './models/show.ts';
export { catalogue, inCatalogue, multilingualModel, type CatalogueModel } from './models/catalogue.ts';
export { StageClock } from './base/clock.ts';
export type * from './stages.ts';
