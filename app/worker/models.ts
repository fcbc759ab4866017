import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { assetPath, cacheFolder, readCard, type ModelCard } from '../../core/index.ts';
import type { ModelEntry } from '../../core/protocol.ts';

/** Models on this machine: the bundled ones and those in the cache. */
export async function installedModels(): Promise<ModelEntry[]> {
  const places: [string, ModelEntry['where']][] = [
    [assetPath('models'), 'bundled'],
    [path.join(cacheFolder(), 'models'), 'local'],
  ];
  const found: ModelEntry[] = [];
  for (const [parent, where] of places)
    for (const name of existsSync(parent) ? (await readdir(parent)).sort() : []) {
      const folder = path.join(parent, name);
      if (existsSync(path.join(folder, 'moetopic.json')))
        found.push(await modelEntry(name, folder, where, await readCard(folder)));
    }
  return found;
}

export async function modelEntry(
  name: string,
  folder: string,
  where: ModelEntry['where'],
  card: ModelCard,
): Promise<ModelEntry> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (file) => (await stat(path.join(folder, file))).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const routers = card.routers.length;
  return {
    name,
    title: card.name,
    where,
    installed: true,
    family: card.family,
    license: card.license,
    bytes,
    // Weights are memory-mapped; activations of a batch and the runtime itself come on top.
    memoryBytes: Math.round(bytes * 1.3 + 150e6),
    devices: [...card.devices],
    languages: [...card.languages],
    note: routers
      ? `${card.routers[0].experts} experts, ${card.routers[0].active} active, in ${routers} layers; ${card.precision}`
      : `dense, hidden states only; ${card.precision}`,
  };
}
