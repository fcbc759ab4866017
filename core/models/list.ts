import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { assetPath, cacheFolder } from '../base/paths.ts';
import { readCard } from '../embed/index.ts';
import { catalogue, inCatalogue, type CatalogueModel } from './catalogue.ts';
import { convertedSize, fitsHere, memoryNeeded, precisionHere } from './memory.ts';
import { expertsOf } from './offer.ts';
import type { ModelEntry } from '../protocol.ts';
import type { ModelCard } from '../stages.ts';

/** Models on this machine: the bundled ones and those in the cache. */
export async function installedModels(): Promise<ModelEntry[]> {
  const found: ModelEntry[] = [];
  for (const [parent, bundled] of [
    [assetPath('models'), true],
    [path.join(cacheFolder(), 'models'), false],
  ] as const)
    for (const name of existsSync(parent) ? (await readdir(parent)).sort() : []) {
      const folder = path.join(parent, name);
      if (existsSync(path.join(folder, 'moetopic.json')))
        found.push(await installedModel(name, folder, bundled, await readCard(folder)));
    }
  return found;
}

/** Models on this machine, and those of the curated list that are not. */
export async function listModels(): Promise<ModelEntry[]> {
  const here = await installedModels();
  const taken = new Set(here.map(({ name }) => name));
  const others = catalogue.filter(({ hub }) => !taken.has(hub.split('/')[1]));
  return [...here, ...others.map(offeredModel)];
}

/** A model of this machine as a list shows it. */
export async function installedModel(
  name: string,
  folder: string,
  bundled: boolean,
  card: ModelCard,
): Promise<ModelEntry> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (file) => (await stat(path.join(folder, file))).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const experts = expertsOf(card.routers);
  const memoryBytes = memoryNeeded(bytes);
  return {
    name,
    title: card.name,
    where: bundled ? 'bundled' : card.source ? 'hub' : 'local',
    installed: true,
    family: card.family,
    license: card.license,
    bytes,
    memoryBytes,
    precision: card.precision,
    fits: fitsHere(memoryBytes),
    devices: [...card.devices],
    languages: [...card.languages],
    hub: card.source?.hub ?? null,
    parameters: card.parameters,
    gate: card.gate,
    experts,
    memory: null,
    figures: [...(inCatalogue(card.source?.hub ?? '')?.figures ?? [])],
    note: `${inWords(experts)}; ${card.precision}`,
  };
}

/** A model of the curated list as a list shows it: sizes from its published number of parameters. */
export function offeredModel(model: CatalogueModel): ModelEntry {
  const { parameters, storedBytes, experts } = model;
  const name = model.hub.split('/')[1];
  const bytes = Math.round(parameters.total * storedBytes);
  const converted = (precision: 'fp32' | 'int8' | 'int4'): number =>
    memoryNeeded(convertedSize(parameters.total, precision));
  const precision = precisionHere(bytes, convertedSize(parameters.total, 'int8')) as 'fp32' | 'int8' | 'int4';
  return {
    name,
    title: name,
    where: 'hub',
    installed: false,
    family: model.family,
    license: model.license,
    bytes,
    memoryBytes: converted(precision),
    precision,
    fits: fitsHere(converted(precision)),
    devices: [],
    languages: [...model.languages],
    hub: model.hub,
    parameters,
    gate: model.gate,
    experts,
    memory: { int8: converted('int8'), int4: converted('int4') },
    figures: [...model.figures],
    note: `${inWords(experts)}; not installed`,
  };
}

function inWords(experts: ModelEntry['experts']): string {
  if (experts === null) return 'dense, hidden states only';
  return `${experts.count} experts, ${experts.active} active, in ${experts.layers} layers`;
}
