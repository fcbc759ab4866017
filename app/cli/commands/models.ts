import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { CancelledError, UsageError } from '../../../core/base/errors.ts';
import { parseParams } from '../../../core/base/params.ts';
import { addModel, embedParams, listModels, readCard, removeModel, showModel } from '../../../core/index.ts';
import { commonParams, withContext, type Options } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';
import { canAsk, confirmed, tell } from '../terminal.ts';
import { modelLines, shownModelLines } from '../model-lines.ts';

const modelParams = embedParams.pick({ precision: true, device: true });
const schemas = [modelParams, commonParams];

/** moetopic models list|show|add|convert|remove [NAME] */
export function addModels(program: Command): Command {
  const command = program
    .command('models <action> [name]')
    .description(
      'models on this machine and on the hub: list, show NAME|FOLDER|OWNER/NAME, add FOLDER|OWNER/NAME[@REVISION], convert FOLDER, remove NAME',
    )
    .option('--json', 'print one JSON object')
    .option('--yes', 'add: download without asking (without a terminal nothing is asked either)');
  addFlags(command, schemas);
  return command.action(async (action: string, name: string | undefined, options: Options) => {
    const flags = readFlags(schemas, options);
    const { precision, device } = parseParams(modelParams, readFlags([modelParams], options), 'models');
    let words = '';
    await withContext(options, flags, async (context): Promise<object> => {
      if (action === 'list') {
        const models = await listModels();
        words = modelLines(models);
        return { models };
      }
      if (!['show', 'add', 'convert', 'remove'].includes(action))
        throw new UsageError(
          `There is no action ${action}; the actions are list, show, add, convert and remove.`,
        );
      if (name === undefined)
        throw new UsageError(`moetopic models ${action} needs a model; moetopic models list shows them.`);
      if (action === 'remove') {
        const removed = await removeModel(name);
        words = `${removed} was removed.\n`;
        return { removed };
      }
      if (action === 'show') {
        const shown = await showModel(name, precision, context);
        words = shownModelLines(shown);
        return shown;
      }
      if (action === 'add' && !options.yes && !options.json && !existsSync(name) && canAsk()) {
        tell(shownModelLines(await showModel(name, precision, context)));
        if (!(await confirmed(`Download and add ${name}?`)))
          throw new CancelledError('Nothing was downloaded.');
      }
      const folder = await addModel(name, { precision, device }, context);
      const card = await readCard(folder);
      words = `${card.name} is ready: moetopic run CORPUS --model ${card.name} --out DIR\n`;
      return { card, folder };
    });
    if (!options.json) process.stdout.write(words);
  });
}
