import type { Handlers } from '../call.ts';
import { analysisHandlers } from './analysis.ts';
import { appHandlers } from './app.ts';
import { cacheHandlers } from './cache.ts';
import { compareHandlers } from './compare.ts';
import { corpusHandlers } from './corpus.ts';
import { documentHandlers } from './documents.ts';
import { exportHandlers } from './export.ts';
import { joinHandlers } from './join.ts';
import { modelHandlers } from './models.ts';
import { projectHandlers } from './project.ts';
import { runHandlers } from './run.ts';
import { topicHandlers } from './topics.ts';

/** Every method of the protocol. `run.attach` is answered by the transports' hub, which knows the runs of other windows. */
export const handlers: Handlers = {
  ...appHandlers,
  ...cacheHandlers,
  ...corpusHandlers,
  ...runHandlers,
  ...projectHandlers,
  ...topicHandlers,
  ...analysisHandlers,
  ...compareHandlers,
  ...joinHandlers,
  ...documentHandlers,
  ...exportHandlers,
  ...modelHandlers,
};
