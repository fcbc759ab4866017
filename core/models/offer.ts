import { existsSync } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ModelError } from '../base/errors.ts';
import { cacheFolder } from '../base/paths.ts';
import { quietContext, type StageContext } from '../base/progress.ts';
import { devicesHere } from '../embed/index.ts';
import {
  bytesToFetch,
  chooseFiles,
  fetchFiles,
  freeBytes,
  hubAddress,
  listModel,
  readRange,
  shardFiles,
  type HubAddress,
  type HubFile,
  type HubListing,
} from '../hub/index.ts';
import { inCatalogue } from './catalogue.ts';
import { convertedSize, fitsHere, memoryNeeded, precisionHere } from './memory.ts';
import {
  describeHeaders,
  describeModel,
  parseSafetensorsHeader,
  readModelConfig,
  readShardIndex,
  type ModelDescription,
  type Precision,
} from '../moe/index.ts';
import type { ModelOffer } from '../protocol.ts';

/** A model of the hub, listed and described, with the folder that its files are fetched into. */
export interface HubPlan {
  readonly listing: HubListing;
  readonly files: readonly HubFile[];
  readonly folder: string;
  /** null for weights in PyTorch's own format, which say what they hold only as a whole. */
  readonly description: ModelDescription | null;
  readonly weightBytes: number;
}

/** The hub's address that a source means, or null for a folder on this machine. */
export function hubSource(source: string): HubAddress | null {
  if (existsSync(path.resolve(source))) return null;
  return hubAddress(inCatalogue(source)?.hub ?? source);
}

/** Where the files of a model are fetched to, until they are converted. */
export function downloadFolder({ id }: HubAddress): string {
  return path.join(cacheFolder(), 'downloads', id.replace('/', '--'));
}

/**
 * Lists a model of the hub, fetches its configuration and reads the headers of its weights.
 * @throws ModelError for a model that can't be had or that MoETopic doesn't read: before gigabytes are fetched.
 */
export async function planHubModel(address: HubAddress, context: StageContext): Promise<HubPlan> {
  const { signal } = context;
  const listing = await listModel(address, signal);
  const chosen = chooseFiles(listing);
  const folder = path.join(downloadFolder(address), listing.commit);
  await mkdir(folder, { recursive: true });
  const quiet = quietContext(context);
  const index = chosen.weights.name.endsWith('.index.json') ? [chosen.weights] : [];
  await fetchFiles(listing, [...chosen.small, ...index], folder, { ...quiet, onProgress: () => undefined });
  await readModelConfig(folder);
  const weights =
    index.length === 0
      ? [chosen.weights]
      : shardFiles(
          listing,
          chosen.weights.name,
          (await readShardIndex(path.join(folder, chosen.weights.name))).values(),
        );
  const weightBytes = weights.reduce((sum, file) => sum + file.bytes, 0);
  return {
    listing,
    files: [...chosen.small, ...chosen.tokenizer, ...index, ...weights],
    folder,
    description: chosen.weights.name.includes('safetensors')
      ? await describeRemote(listing, weights, folder, weightBytes, signal)
      : null,
    weightBytes,
  };
}

async function describeRemote(
  listing: HubListing,
  weights: readonly HubFile[],
  folder: string,
  bytes: number,
  signal: AbortSignal,
): Promise<ModelDescription> {
  const tensors = [];
  for (const file of weights) {
    const source = {
      size: file.bytes,
      read: (from: number, to: number) => readRange(listing, file, from, to, signal),
    };
    tensors.push(...(await parseSafetensorsHeader(source, path.join(folder, file.name))));
  }
  return describeHeaders(folder, tensors, bytes);
}

/**
 * What adding a model would take on this machine: licence, download, memory, disk, devices.
 * @throws ModelError for a source that is no model, can't be had or isn't read.
 */
export async function offerModel(
  source: string,
  precision: Precision | 'auto',
  context: StageContext,
): Promise<ModelOffer> {
  const address = hubSource(source);
  if (address === null) return offerFolder(source, precision);
  const { listing, files, folder, description, weightBytes } = await planHubModel(address, context);
  const downloadBytes = await bytesToFetch(files, folder);
  return offerOf(description, weightBytes, precision, {
    source: `${address.id}${address.revision === null ? '' : `@${address.revision}`}`,
    name: address.name,
    hub: address.id,
    revision: listing.commit,
    gated: listing.gated,
    downloadBytes,
    files: files.length,
  });
}

async function offerFolder(source: string, precision: Precision | 'auto'): Promise<ModelOffer> {
  const folder = path.resolve(source);
  if (!existsSync(path.join(folder, 'config.json'))) throw notAModel(source);
  const description = await describeModel(folder);
  const name = path.basename(folder);
  const files = (await readdir(folder)).length;
  return offerOf(description, description.bytes, precision, {
    source,
    name,
    hub: null,
    revision: null,
    gated: false,
    downloadBytes: 0,
    files,
  });
}

export function notAModel(source: string): ModelError {
  return new ModelError(
    `${source} is no checkpoint: it is neither a folder with a config.json nor a model on the Hugging Face hub, written owner/name; moetopic models list names some.`,
  );
}

type Origin = Pick<ModelOffer, 'source' | 'name' | 'hub' | 'revision' | 'gated' | 'downloadBytes' | 'files'>;

async function offerOf(
  description: ModelDescription | null,
  weightBytes: number,
  asked: Precision | 'auto',
  origin: Origin,
): Promise<ModelOffer> {
  // PyTorch's own format holds two bytes a parameter, hardly ever anything else.
  const converted: Record<Precision, number> =
    description?.convertedBytes ??
    (Object.fromEntries(
      (['fp32', 'fp16', 'int8', 'int4'] as const).map((p) => [p, convertedSize(weightBytes / 2, p)]),
    ) as Record<Precision, number>);
  const precision = asked === 'auto' ? precisionHere(weightBytes, converted.int8) : asked;
  const memory = Object.fromEntries(
    Object.entries(converted).map(([p, bytes]) => [p, memoryNeeded(bytes)]),
  ) as ModelOffer['memory'] & object;
  const known = origin.hub === null ? undefined : inCatalogue(origin.hub);
  const here = new Set(
    (await devicesHere(os.availableParallelism())).filter(({ works }) => works).map(({ device }) => device),
  );
  return {
    ...origin,
    license: description?.license ?? known?.license ?? null,
    languages: [...(known?.languages ?? description?.languages ?? [])],
    family: description?.title ?? known?.family ?? '',
    gate: description?.gate ?? known?.gate ?? null,
    experts: description ? expertsOf(description.routers) : (known?.experts ?? null),
    parameters: description?.parameters ?? known?.parameters ?? null,
    precision,
    memory,
    memoryBytes: memory[precision],
    machineBytes: os.totalmem(),
    fits: fitsHere(memory[precision]),
    diskBytes: origin.downloadBytes + converted[precision],
    freeDiskBytes: await freeBytes(cacheFolder()),
    devices: (description?.devices ?? ['cpu']).filter((device) => here.has(device)),
    installed: await stat(path.join(cacheFolder(), 'models', origin.name, 'moetopic.json')).then(
      () => true,
      () => false,
    ),
  };
}

/** Experts of a mixture's layer (of the first, where layers differ), and in how many layers; null for a dense model. */
export function expertsOf(routers: readonly { experts: number; active: number }[]): ModelOffer['experts'] {
  if (routers.length === 0) return null;
  return { count: routers[0].experts, active: routers[0].active, layers: routers.length };
}
