import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../base/errors.ts';
import { cacheFolder } from '../base/paths.ts';
import type { StageContext } from '../base/progress.ts';
import { conversionDevice, findModelFolder, readCard, type DeviceName } from '../embed/index.ts';
import { inCatalogue } from './catalogue.ts';
import { offeredModel } from './list.ts';
import { precisionHere } from './memory.ts';
import { hubSource } from './offer.ts';
import { conversionVersion, convertModel, type Precision } from '../moe/index.ts';

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
    return installedFolder(choice.model);
  }
  const precision = choice.precision === 'auto' ? await precisionFor(given) : choice.precision;
  const device = await conversionDevice(choice.device, context.threads);
  const name = `${path.basename(given)}-${precision}-${device}-${await fingerprint(given)}`;
  const folder = path.join(cacheFolder(), 'converted', name);
  if (!existsSync(path.join(folder, 'moetopic.json')))
    await convertModel(given, folder, { precision, device, name: path.basename(given) }, context);
  return folder;
}

/**
 * A model by its name, or by its address on the hub.
 * @throws ModelError for one of the hub that has to be added first, saying how; for an unknown name with the names that there are.
 */
async function installedFolder(model: string): Promise<string> {
  const address = hubSource(model);
  if (address === null) return findModelFolder(model);
  const folder = path.join(cacheFolder(), 'models', address.name);
  if (existsSync(path.join(folder, 'moetopic.json'))) {
    const { source } = await readCard(folder);
    if (!model.includes('/') || source?.hub === address.id) return folder;
  }
  const known = inCatalogue(address.id);
  const size = known ? ` (about ${(offeredModel(known).bytes / 1e9).toFixed(1)} GB to download)` : '';
  throw new ModelError(
    `${model} is not on this machine yet; add it first${size}: moetopic models add ${model.includes('/') ? model : address.id}`,
    { code: 'not-added' },
  );
}

async function precisionFor(folder: string): Promise<Precision> {
  let bytes = 0;
  for (const name of await readdir(folder))
    if (/\.(safetensors|bin)$/.test(name)) bytes += (await stat(path.join(folder, name))).size;
  const packed = (await readFile(path.join(folder, 'config.json'), 'utf8')).includes('"mxfp4"');
  // Checkpoints of this size hold two bytes a parameter; in MXFP4 little more than half a byte.
  return precisionHere(bytes, bytes * (packed ? 1.6 : 0.5));
}

/** Names, sizes and times of a checkpoint's files: enough to notice that it was replaced, without reading gigabytes. */
async function fingerprint(folder: string): Promise<string> {
  const hash = createHash('sha256').update(`${conversionVersion} ${folder}`);
  for (const name of (await readdir(folder)).sort()) {
    const found = await stat(path.join(folder, name));
    if (found.isFile()) hash.update(`${name} ${found.size} ${found.mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 12);
}
