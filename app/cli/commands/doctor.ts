import os from 'node:os';
import type { Command } from 'commander';
import { assetPath, cacheFolder, probeDevices, versions } from '../../../core/index.ts';
import { installedModels } from '../../worker/models.ts';
import { withContext, type Options } from '../context.ts';
import { findBrowser } from '../picture.ts';

/** moetopic doctor: what this machine has, and why each device works or not. */
export function addDoctor(program: Command): Command {
  const command = program
    .command('doctor')
    .description('what this machine has: devices and why each works or not, memory, cache, versions, models')
    .option('--json', 'print one JSON object');
  return command.action(async (options: Options) => {
    const result = await withContext(options, {}, async () => ({
      versions: versions(),
      cores: os.availableParallelism(),
      memory_bytes: os.totalmem(),
      free_memory_bytes: os.freemem(),
      cache_folder: cacheFolder(),
      browser: findBrowser() ?? null,
      devices: await probeDevices(assetPath('models', 'minilm-moe')),
      models: await installedModels(),
    }));
    if (!options.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  });
}
