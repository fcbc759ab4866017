import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { ModelError } from '../base/errors.ts';
import { assetPath, cacheFolder } from '../base/paths.ts';
import { type ModelCard } from '../stages.ts';

const cardSchema = z.object({
  format: z.literal(1),
  name: z.string(),
  family: z.string(),
  license: z.string().nullable(),
  hiddenSize: z.number().int().positive(),
  layers: z.number().int().positive(),
  routers: z.array(
    z.object({
      layer: z.number().int().min(0),
      kind: z.enum(['mlp', 'attention']),
      experts: z.number().int().positive(),
      active: z.number().int().positive(),
    }),
  ),
  gate: z.string(),
  parameters: z.object({ total: z.number(), active: z.number() }),
  precision: z.enum(['fp32', 'fp16', 'int8', 'int4']),
  devices: z.array(z.string()),
  maxTokens: z.number().int().positive(),
  unbounded: z.literal(true).optional(),
  pooling: z.enum(['last', 'mean', 'cls', 'weighted-mean']),
  alpha: z.number().min(0),
  prefix: z.string(),
  languages: z.array(z.string()),
  source: z.object({ hub: z.string(), revision: z.string() }).optional(),
  fingerprint: z.string().min(8),
}) satisfies z.ZodType<ModelCard>;

/**
 * The folder of a model: a path to one, the name of a bundled one, or of one in the cache.
 * @throws ModelError naming the models that are there.
 */
export function findModelFolder(model: string): string {
  const places = [path.resolve(model), assetPath('models', model), path.join(cacheFolder(), 'models', model)];
  const found = places.find((p) => existsSync(path.join(p, 'moetopic.json')));
  if (found !== undefined) return found;
  const known = [assetPath('models'), path.join(cacheFolder(), 'models')].flatMap((parent) =>
    existsSync(parent)
      ? readdirSync(parent).filter((name) => existsSync(path.join(parent, name, 'moetopic.json')))
      : [],
  );
  throw new ModelError(
    `There is no model ${model}: it is neither a folder with a moetopic.json nor one of ${known.join(', ') || 'the models on this machine'}; add it with moetopic models add.`,
  );
}

/** Reads a model's card. @throws ModelError naming the field that is wrong. */
export async function readCard(folder: string): Promise<ModelCard> {
  const file = path.join(folder, 'moetopic.json');
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new ModelError(`${file} can't be read as JSON; convert or download the model again.`, { cause });
  }
  const card = cardSchema.safeParse(json);
  if (card.success) return card.data;
  const { path: at, message } = card.error.issues[0];
  throw new ModelError(`${file}: ${at.join('.')}: ${message}; convert or download the model again.`);
}
