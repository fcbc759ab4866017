import path from 'node:path';
import { ModelError } from '../base/errors.ts';
import { families } from './families/index.ts';
import type { Family } from './family.ts';
import { readJsonFile } from './checkpoint/json.ts';

/** Quantised checkpoints that are refused, as `quantization_config.quant_method` names them. */
const refused: Record<string, string> = {
  gptq: 'GPTQ',
  awq: 'AWQ',
  bitsandbytes: 'bitsandbytes',
  gguf: 'GGUF',
};

/** A model folder's config.json and the family that it belongs to. */
export async function readModelConfig(
  folder: string,
): Promise<{ config: Record<string, unknown>; family: Family }> {
  const config = await readJsonFile(path.join(folder, 'config.json'));
  refuseQuantised(config);
  const family = familyOf(config);
  return { config: completed(config, family), family };
}

/** The configuration as the reference's class reads it: keys under their own names, and those that are left out. */
function completed(config: Record<string, unknown>, family: Family): Record<string, unknown> {
  const own = { ...config };
  for (const [alias, name] of Object.entries(family.aliases ?? {}))
    if (own[alias] !== undefined && own[name] === undefined) own[name] = own[alias];
  return { ...family.defaults, ...own };
}

/** @throws ModelError quoting quantization_config, for every kind but MXFP4, which is read. */
function refuseQuantised(config: Record<string, unknown>): void {
  const quantisation = config.quantization_config ?? config.compression_config;
  if (typeof quantisation !== 'object' || quantisation === null) return;
  const q = quantisation as Record<string, unknown>;
  const method =
    typeof q.quant_method === 'string'
      ? q.quant_method
      : q.load_in_4bit || q.load_in_8bit
        ? 'bitsandbytes'
        : 'unknown';
  if (method === 'mxfp4') return;
  const quoted = JSON.stringify(quantisation);
  throw new ModelError(
    `The checkpoint is quantised with ${refused[method] ?? method}, which MoETopic does not read (quantization_config: ${quoted.length > 300 ? `${quoted.slice(0, 300)}…` : quoted}); download the original model, MoETopic quantises it itself.`,
  );
}

/** The family that a configuration's model_type names. @throws ModelError that names the nearest supported ones. */
export function familyOf(config: Record<string, unknown>): Family {
  const type = config.model_type;
  const found = families.find(
    (f) => typeof type === 'string' && f.modelTypes.includes(type) && (f.matches?.(config) ?? true),
  );
  if (found) return found;
  if (typeof type !== 'string')
    throw new ModelError(
      `config.json names no model_type, so the kind of model can't be told; it should be one of ${families.flatMap((f) => f.modelTypes).join(', ')}.`,
    );
  const nearest = families
    .flatMap((f) =>
      f.modelTypes.map((name) => ({ name, title: f.title, distance: editDistance(type, name) })),
    )
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, 3)
    .map((n) => `${n.name} (${n.title})`);
  throw new ModelError(
    `model_type ${JSON.stringify(type)} is not a kind of model that MoETopic reads; the nearest it does are ${nearest.join(', ')}.`,
  );
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
