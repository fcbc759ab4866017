import os from 'node:os';
import type { Command } from 'commander';
import {
  cacheFolder,
  embedParams,
  installedModels,
  probeDevices,
  resolveModel,
  versions,
} from '../../../core/index.ts';
import { parseParams } from '../../../core/base/params.ts';
import { addFlags, readFlags } from '../flags.ts';
import { withContext, type Options } from '../context.ts';
import { findBrowser } from '../picture.ts';

const modelParams = embedParams.pick({ model: true });

/** moetopic doctor: what this machine has, and why each device works or not. */
export function addDoctor(program: Command): Command {
  const command = program
    .command('doctor')
    .description('what this machine has: devices and why each works or not, memory, cache, versions, models')
    .option('--json', 'print one JSON object');
  addFlags(command, [modelParams]);
  return command.action(async (options: Options) => {
    const { model } = parseParams(modelParams, readFlags([modelParams], options), 'doctor');
    const result = await withContext(options, {}, async (context) => ({
      versions: versions(),
      cores: os.availableParallelism(),
      memory_bytes: os.totalmem(),
      free_memory_bytes: os.freemem(),
      cache_folder: cacheFolder(),
      browser: findBrowser() ?? null,
      model,
      devices: await probeDevices(
        await resolveModel({ model, precision: 'auto', device: 'auto' }, context),
        context.threads,
      ),
      models: await installedModels(),
    }));
    if (!options.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  });
}
