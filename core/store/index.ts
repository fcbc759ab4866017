/** The project file and its operation log. */
export { openProject, Project, type OpenOptions } from './project.ts';
export { noProject } from './refusals.ts';
export type { StoredState } from './state.ts';
export type { HistoryEntry, LogLine, OperationRecord } from './log.ts';
export { corpusKey, digest, stageKey } from './hash.ts';
