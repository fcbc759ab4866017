import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ModelError } from './base/errors.ts';
import { cacheFolder } from './base/paths.ts';
import type { StageContext } from './base/progress.ts';
import { findModelFolder, type DeviceName } from './embed/index.ts';
import { convertModel, type Precision } from './moe/index.ts';

export interface ModelChoice {
  /** A bundled model's name, one that was added, a converted folder, or a checkpoint folder in the hub's layout. */
  readonly model: string;
  readonly precision: Precision | 'auto';
  readonly device: DeviceName | 'auto';
}

/**
 * The folder of a model ready to run. A checkpoint is converted once, into the cache; the same checkpoint at the same precision
 * is found there again.
 * @throws ModelError naming what is wrong with the model, or the models that there are.
 */
export async function resolveModel(choice: ModelChoice, context: StageContext): Promise<string> {
  const given = path.resolve(choice.model);
  const checkpoint =
    existsSync(path.join(given, 'config.json')) && !existsSync(path.join(given, 'moetopic.json'));
  if (!checkpoint) {
    if (
      existsSync(given) &&
      !existsSync(path.join(given, 'moetopic.json')) &&
      (await stat(given)).isDirectory()
    )
      throw new ModelError(
        `${choice.model} is no model: it has neither a config.json (a checkpoint) nor a moetopic.json (a converted model); give the folder that holds one.`,
      );
    return findModelFolder(choice.model);
  }
  const precision = choice.precision === 'auto' ? await precisionFor(given) : choice.precision;
  const device = choice.device === 'webgpu' ? 'webgpu' : 'cpu';
  const name = `${path.basename(given)}-${precision}-${device}-${await fingerprint(given)}`;
  const folder = path.join(cacheFolder(), 'converted', name);
  if (!existsSync(path.join(folder, 'moetopic.json')))
    await convertModel(given, folder, { precision, device, name: path.basename(given) }, context);
  return folder;
}

/** Full precision while the checkpoint is small, else what fits into a third of the memory: int8 is fastest, int4 smallest. */
async function precisionFor(folder: string): Promise<Precision> {
  let bytes = 0;
  for (const name of await readdir(folder))
    if (/\.(safetensors|bin)$/.test(name)) bytes += (await stat(path.join(folder, name))).size;
  if (bytes < 400e6) return 'fp32';
  // Checkpoints of this size hold two bytes a parameter.
  return bytes / 2 < os.totalmem() / 3 ? 'int8' : 'int4';
}

/** Names, sizes and times of a checkpoint's files: enough to notice that it was replaced, without reading gigabytes. */
async function fingerprint(folder: string): Promise<string> {
  const hash = createHash('sha256').update(folder);
  for (const name of (await readdir(folder)).sort()) {
    const found = await stat(path.join(folder, name));
    if (found.isFile()) hash.update(`${name} ${found.size} ${found.mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 12);
}

/**
 * Adds a checkpoint folder to the models on this machine under its own name.
 * @returns the folder of the converted model
 */
export async function addModel(
  source: string,
  precision: Precision | 'auto',
  context: StageContext,
): Promise<string> {
  const given = path.resolve(source);
  if (!existsSync(path.join(given, 'config.json')))
    throw new ModelError(
      `${source} is no checkpoint: it has no config.json; give a model’s folder as downloaded from the Hugging Face hub.`,
    );
  const chosen = precision === 'auto' ? await precisionFor(given) : precision;
  const folder = path.join(cacheFolder(), 'models', path.basename(given));
  await convertModel(
    given,
    folder,
    { precision: chosen, device: 'cpu', name: path.basename(given) },
    context,
  );
  return folder;
}
