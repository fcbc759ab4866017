import path from 'node:path';
import { ModelError } from '../../../core/base/errors.ts';
import {
  addModel,
  expertProfile,
  expertsOverview,
  findModelFolder,
  installedModel,
  installedModels,
  listModels,
  offerModel,
  probeDevices,
  readCard,
  removeModel,
  traceTokens,
} from '../../../core/index.ts';
import type { Handlers } from '../call.ts';

export const modelHandlers: Handlers<
  | 'models.list'
  | 'models.show'
  | 'models.offer'
  | 'models.add'
  | 'models.remove'
  | 'models.devices'
  | 'experts.trace'
  | 'experts.overview'
  | 'experts.profile'
> = {
  'models.list': async () => listModels(),

  'models.show': async ({ name }) => {
    const entry = (await installedModels()).find((model) => model.name === name);
    if (entry === undefined)
      throw new ModelError(
        `There is no model ${name} on this machine; moetopic models list names those that are.`,
      );
    return { ...entry, card: await readCard(findModelFolder(name)) };
  },

  'models.offer': async ({ source, precision }, { context }) => offerModel(source, precision, context),

  'models.add': async ({ source, precision }, { context }) => {
    const folder = await addModel(source, { precision }, context);
    return installedModel(path.basename(folder), folder, false, await readCard(folder));
  },

  'models.remove': async ({ name }) => {
    await removeModel(name);
    return null;
  },

  'models.devices': async ({ name }, { context }) => probeDevices(findModelFolder(name), context.threads),

  'experts.trace': ({ text }, { workspace, context }) => traceTokens(workspace.session, text, context),

  'experts.overview': (_params, { workspace }) => expertsOverview(workspace.session),

  'experts.profile': ({ column, limit }, { workspace, context }) =>
    expertProfile(workspace.session, column, limit, context),
};
