import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { ModelError, UsageError } from '../base/errors.ts';
import { cacheFolder } from '../base/paths.ts';
import type { StageContext } from '../base/progress.ts';
import { conversionDevice, readCard, releaseModels, type DeviceName } from '../embed/index.ts';
import { bytesToFetch, checkDisk, fetchFiles, hubAddress, type HubAddress } from '../hub/index.ts';
import { installedModels } from './list.ts';
import { convertedSize, precisionHere } from './memory.ts';
import { downloadFolder, hubSource, notAModel, planHubModel } from './offer.ts';
import { convertModel, describeModel, type Precision } from '../moe/index.ts';

export interface AddOptions {
  readonly precision: Precision | 'auto';
  readonly device?: DeviceName | 'auto';
}

/**
 * Adds a model to those on this machine, under its own name: a checkpoint folder, or `owner/name[@revision]` (or a name of the curated
 * list) of the hub, whose download goes on where an earlier one stopped and is removed once it is converted.
 * @returns the folder of the converted model
 * @throws ModelError for a model that can't be had or read, ResourceError before anything is fetched when the disk is too small, CancelledError.
 */
export async function addModel(source: string, options: AddOptions, context: StageContext): Promise<string> {
  const address = hubSource(source);
  if (address !== null) return addFromHub(address, options, context);
  const given = path.resolve(source);
  if (!existsSync(path.join(given, 'config.json'))) throw notAModel(source);
  const { bytes, convertedBytes } = await describeModel(given);
  const precision =
    options.precision === 'auto' ? precisionHere(bytes, convertedBytes.int8) : options.precision;
  return convert(given, path.basename(given), precision, options, context);
}

async function addFromHub(address: HubAddress, options: AddOptions, context: StageContext): Promise<string> {
  await refuseTaken(address);
  const { listing, files, folder, description, weightBytes } = await planHubModel(address, context);
  const int8 = description?.convertedBytes.int8 ?? convertedSize(weightBytes / 2, 'int8');
  const precision = options.precision === 'auto' ? precisionHere(weightBytes, int8) : options.precision;
  const converted = description?.convertedBytes[precision] ?? convertedSize(weightBytes / 2, precision);
  await checkDisk(address.id, (await bytesToFetch(files, folder)) + converted, cacheFolder());
  await fetchFiles(listing, files, folder, context);
  const source = { hub: address.id, revision: listing.commit };
  const added = await convert(folder, address.name, precision, options, context, source);
  await rm(downloadFolder(address), { recursive: true, force: true });
  return added;
}

/** Two owners may give the same name to different models; the first keeps it. */
async function refuseTaken({ id, name }: HubAddress): Promise<void> {
  const there = (await installedModels()).find((model) => model.name === name);
  if (there !== undefined && there.hub !== id)
    throw new ModelError(
      `There is another model called ${name} on this machine${there.hub ? ` (${there.hub})` : ''}; remove it first with moetopic models remove ${name}.`,
    );
}

async function convert(
  given: string,
  name: string,
  precision: Precision,
  options: AddOptions,
  context: StageContext,
  source?: { hub: string; revision: string },
): Promise<string> {
  const folder = path.join(cacheFolder(), 'models', name);
  const device = await conversionDevice(options.device ?? 'auto', context.threads);
  // A session of the model that is replaced would hold its file.
  if (existsSync(folder)) await releaseModels();
  await convertModel(given, folder, { precision, device, name, source }, context);
  return folder;
}

/**
 * Removes a model that was added, or what an unfinished download of one left.
 * @returns its name
 * @throws ModelError for one that isn't there, UsageError for a bundled one.
 */
export async function removeModel(name: string): Promise<string> {
  const address = hubAddress(name);
  const wanted = address?.name ?? name;
  const entry = (await installedModels()).find((model) => model.name === wanted);
  if (entry?.where === 'bundled') throw new UsageError(`${wanted} is bundled and can’t be removed.`);
  const partial = hubSource(name);
  const left = partial === null ? null : downloadFolder(partial);
  const unfinished = left !== null && existsSync(left);
  if (entry === undefined && !unfinished)
    throw new ModelError(`There is no model ${name} on this machine; moetopic models list shows them.`);
  if (unfinished) await rm(left, { recursive: true });
  if (entry === undefined) return wanted;
  await releaseModels();
  // Read first: a folder that is no model is left alone.
  const folder = path.join(cacheFolder(), 'models', path.basename(wanted));
  await readCard(folder);
  await rm(folder, { recursive: true });
  return wanted;
}
