import { existsSync } from 'node:fs';
import path from 'node:path';
import { ModelError } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import { probeDevices, readCard, type DeviceReport } from '../embed/index.ts';
import { inCatalogue } from './catalogue.ts';
import { installedModel, offeredModel } from './list.ts';
import { hubSource, offerModel } from './offer.ts';
import { resolveModel } from './resolve.ts';
import { assetPath } from '../base/paths.ts';
import type { Precision } from '../moe/index.ts';
import type { ModelEntry, ModelOffer } from '../protocol.ts';
import type { ModelCard } from '../stages.ts';

/** What is known of a model: of one that is here its card and what devices make of it; of another what adding it would take. */
export type ShownModel =
  | { kind: 'installed'; model: ModelEntry; card: ModelCard; folder: string; devices: DeviceReport[] }
  | { kind: 'offer'; offer: ModelOffer; listed: ModelEntry | null }
  /** Of the curated list while the hub is out of reach; `why` says so. */
  | { kind: 'listed'; listed: ModelEntry; why: string };

/**
 * Shows a model by its name, its folder or its address on the hub.
 * @throws ModelError for one that is nowhere.
 */
export async function showModel(
  source: string,
  precision: Precision | 'auto',
  context: StageContext,
): Promise<ShownModel> {
  const folder = await resolveInstalled(source, context);
  if (folder !== null) {
    const card = await readCard(folder);
    const bundled = path.dirname(folder) === assetPath('models');
    const model = await installedModel(path.basename(folder), folder, bundled, card);
    return { kind: 'installed', model, card, folder, devices: await probeDevices(folder, context.threads) };
  }
  const known = inCatalogue(source.replace(/@.*$/, ''));
  const listed = known ? offeredModel(known) : null;
  try {
    return { kind: 'offer', offer: await offerModel(source, precision, context), listed };
  } catch (error) {
    if (listed !== null && error instanceof ModelError && error.code === 'network')
      return { kind: 'listed', listed, why: error.message };
    throw error;
  }
}

/** The folder of a model that is here and ready, else null: for a checkpoint's folder and for a model of the hub. */
async function resolveInstalled(source: string, context: StageContext): Promise<string | null> {
  const given = path.resolve(source);
  if (existsSync(path.join(given, 'config.json')) && !existsSync(path.join(given, 'moetopic.json')))
    return null;
  try {
    return await resolveModel({ model: source, precision: 'auto', device: 'cpu' }, context);
  } catch (error) {
    if (hubSource(source) !== null && error instanceof ModelError && error.code === 'not-added') return null;
    throw error;
  }
}
