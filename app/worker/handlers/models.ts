import { rm } from 'node:fs/promises';
import path from 'node:path';
import { ModelError, UsageError } from '../../../core/base/errors.ts';
import {
  cacheFolder,
  findModelFolder,
  readCard,
  traceTokens,
  addModel,
  type EmbedParams,
} from '../../../core/index.ts';
import type { Handlers } from '../call.ts';
import { installedModels, modelEntry } from '../models.ts';

export const modelHandlers: Handlers<
  'models.list' | 'models.show' | 'models.add' | 'models.remove' | 'experts.trace'
> = {
  'models.list': async () => installedModels(),

  'models.show': async ({ name }) => {
    const entry = (await installedModels()).find((model) => model.name === name);
    if (entry === undefined)
      throw new ModelError(
        `There is no model ${name} on this machine; moetopic models list names those that are.`,
      );
    return { ...entry, card: await readCard(findModelFolder(name)) };
  },

  'models.add': async ({ source, precision }, { context }) => {
    const folder = await addModel(source, precision as EmbedParams['precision'], context);
    return modelEntry(path.basename(folder), folder, 'local', await readCard(folder));
  },

  'models.remove': async ({ name }) => {
    const entry = (await installedModels()).find((model) => model.name === name);
    if (entry?.where !== 'local')
      throw new UsageError(`${name} can’t be removed: only models that were added to this machine can.`);
    await rm(path.join(cacheFolder(), 'models', path.basename(name)), { recursive: true });
    return null;
  },

  'experts.trace': ({ text }, { workspace, context }) => traceTokens(workspace.session, text, context),
};
