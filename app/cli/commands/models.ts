import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { ModelError, UsageError } from '../../../core/base/errors.ts';
import { parseParams } from '../../../core/base/params.ts';
import { addModel, cacheFolder, embedParams, findModelFolder, readCard } from '../../../core/index.ts';
import { installedModels } from '../../worker/models.ts';
import { commonParams, withContext, type Options } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';

const modelParams = embedParams.pick({ precision: true });
const schemas = [modelParams, commonParams];

/** moetopic models list|show|add|convert|remove [NAME] */
export function addModels(program: Command): Command {
  const command = program
    .command('models <action> [name]')
    .description('models on this machine: list, show NAME, add FOLDER, convert FOLDER, remove NAME')
    .option('--json', 'print one JSON object');
  addFlags(command, schemas);
  return command.action(async (action: string, name: string | undefined, options: Options) => {
    const flags = readFlags(schemas, options);
    const { precision } = parseParams(modelParams, readFlags([modelParams], options), 'models');
    const result = await withContext(options, flags, async (context): Promise<object> => {
      if (action === 'list') return { models: await installedModels() };
      if (name === undefined)
        throw new UsageError(`moetopic models ${action} needs a model; moetopic models list shows them.`);
      if (action === 'show')
        return { card: await readCard(findModelFolder(name)), folder: findModelFolder(name) };
      if (action === 'add' || action === 'convert') {
        const folder = await addModel(name, precision, context);
        return { card: await readCard(folder), folder };
      }
      if (action === 'remove') {
        const entry = (await installedModels()).find((model) => model.name === name);
        if (entry === undefined)
          throw new ModelError(`There is no model ${name} on this machine; moetopic models list shows them.`);
        if (entry.where !== 'local') throw new UsageError(`${name} is bundled and can’t be removed.`);
        await rm(path.join(cacheFolder(), 'models', path.basename(name)), { recursive: true });
        return { removed: name };
      }
      throw new UsageError(
        `There is no action ${action}; the actions are list, show, add, convert and remove.`,
      );
    });
    if (!options.json) process.stdout.write(inWords(result));
  });
}

function inWords(result: object): string {
  const { models } = result as {
    models?: { name: string; family: string; bytes: number; where: string; note: string }[];
  };
  if (models)
    return models
      .map((m) => `${m.name}  ${m.family}  ${Math.round(m.bytes / 1e6)} MB  ${m.where}  ${m.note}\n`)
      .join('');
  return `${JSON.stringify(result, null, 2)}\n`;
}
