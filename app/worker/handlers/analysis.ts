import {
  nameByModel,
  previewNaming,
  projectHierarchy,
  projectOverTime,
  projectPerClass,
  projectStability,
  topicRepresentations,
} from '../../../core/index.ts';
import type { Handlers } from '../call.ts';
import { summarise } from '../summary.ts';

/** What can be found out about the topics of a project: everything but naming leaves it as it is. */
export const analysisHandlers: Handlers<
  | 'topics.hierarchy'
  | 'topics.overTime'
  | 'topics.perClass'
  | 'topics.representations'
  | 'topics.naming.preview'
  | 'topics.naming.run'
  | 'stability'
> = {
  'topics.hierarchy': (request, { workspace }) => projectHierarchy(workspace.session, request),

  'topics.overTime': (request, { workspace }) => projectOverTime(workspace.session, request),

  'topics.perClass': (request, { workspace }) => projectPerClass(workspace.session, request),

  'topics.representations': ({ methods, words }, { workspace, context }) =>
    topicRepresentations(workspace.session, methods, words, context),

  'topics.naming.preview': async ({ endpoint, topics }, { workspace }) =>
    previewNaming(workspace.session, endpoint, topics),

  'topics.naming.run': async ({ endpoint, topics }, { workspace, context }) => {
    const result = await nameByModel(workspace.session, endpoint, topics, fetch, context);
    return { ...result, project: await summarise(workspace.session) };
  },

  stability: (request, { workspace, context }) => projectStability(workspace.session, request, context),
};
