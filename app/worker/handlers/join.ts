import path from 'node:path';
import {
  growProject,
  importBertopic,
  mergeProjects,
  predictTopics,
  readCorpus,
  resultFiles,
} from '../../../core/index.ts';
import type { Handlers } from '../call.ts';
import { summarise } from '../summary.ts';
import { corpusName, definedRoles } from './run.ts';

/** Projects of projects: merged, grown, imported. Each is new; what it was made of stays as it is. */
export const joinHandlers: Handlers<
  'project.merge' | 'project.grow' | 'project.import' | 'documents.predict'
> = {
  'project.merge': ({ other, mode, threshold, out }, { workspace, context }) =>
    workspace.borrow(other, (second) => {
      const folder = out ?? workspace.newProjectFolder(`${workspace.session.corpus.name}-merged`);
      return mergeProjects(workspace.session, second, folder, { mode, threshold }, context);
    }),

  'project.grow': async ({ source, roles, threshold, out }, { workspace, context }) => {
    const batch = await readCorpus(source, definedRoles(roles), context);
    const folder = out ?? workspace.newProjectFolder(`${workspace.session.corpus.name}-grown`);
    return growProject(workspace.session, batch, folder, { threshold }, context);
  },

  'documents.predict': async ({ source, roles }, { workspace, context }) => {
    const batch = await readCorpus(source, definedRoles(roles), context);
    const found = await predictTopics(workspace.session, batch.texts, context);
    const { labels, probabilities, x, y } = found;
    workspace.predicted = { ...found, ids: batch.ids };
    return batch.ids.map((id, d) => ({
      id,
      topic: labels[d],
      probability: probabilities[d],
      method: found.method,
      x: x[d],
      y: y[d],
      snippet: batch.texts[d].slice(0, 200).replace(/\s+/g, ' ').trim(),
    }));
  },

  'project.import': async ({ folder, source, roles, out }, { workspace, context }) => {
    const corpus = source === null ? null : await readCorpus(source, definedRoles(roles), context);
    const target = out ?? workspace.newProjectFolder(corpusName(folder));
    await importBertopic(folder, target, { corpus }, context);
    return summarise(await workspace.open(path.join(target, resultFiles.project)));
  },
};
