import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ModelCard } from '../stages.ts';
import type { Checkpoint } from './checkpoint/types.ts';
import type { Family, FamilyModel } from './family.ts';
import type { ConvertOptions } from './convert.ts';

/** moetopic.json of a converted model. */
export async function cardOf(
  dir: string,
  config: Record<string, unknown>,
  family: Family,
  model: FamilyModel,
  checkpoint: Checkpoint,
  options: ConvertOptions & { fingerprint: string },
): Promise<ModelCard> {
  const front = await frontMatter(dir);
  const languages = front.languages.length > 0 ? front.languages : model.languages;
  return {
    format: 1,
    name: options.name ?? nameOf(dir),
    family: family.name,
    license: front.license ?? (typeof config.license === 'string' ? config.license : null),
    hiddenSize: model.hiddenSize,
    layers: model.layers,
    routers: model.routers,
    gate: model.gate,
    parameters: countParameters(model, checkpoint),
    precision: options.precision,
    // A graph for another provider runs on the CPU as well; its self-test compares the two.
    devices: options.device === 'cpu' ? ['cpu'] : [options.device, 'cpu'],
    maxTokens: Math.min(model.maxTokens, await tokenizerLimit(dir)),
    ...(model.unbounded ? { unbounded: true as const } : {}),
    pooling: model.pooling,
    alpha: model.alpha,
    prefix: model.prefix,
    languages,
    ...(options.source ? { source: options.source } : {}),
    fingerprint: options.fingerprint,
  };
}

/** Parameters of the whole checkpoint, and those that run for one token. Packed 4-bit blocks count two a byte. */
export function countParameters(model: FamilyModel, checkpoint: Checkpoint): ModelCard['parameters'] {
  let total = 0;
  for (const t of checkpoint.tensors.values()) {
    const numbers = t.shape.reduce((product, n) => product * n, 1);
    if (/inv_freq$|position_ids$|attn\.(masked_)?bias$/.test(t.name) || t.name.endsWith('_scales')) continue;
    total += t.name.endsWith('_blocks') ? 2 * numbers : numbers;
  }
  const idle = model.expertParameters.reduce((sum, e) => sum + (e.experts - e.active) * e.each, 0);
  return { total, active: total - idle };
}

/** A folder's name; of the hub's cache (models--OWNER--NAME/snapshots/REVISION) the model's. */
function nameOf(dir: string): string {
  const full = path.resolve(dir);
  const cached = /models--[^/\\]+--([^/\\]+)[/\\]snapshots/.exec(full);
  return cached ? cached[1] : path.basename(full);
}

/** license and language of the model card's YAML front matter on the hub, read with no more YAML than they need. */
export async function frontMatter(dir: string): Promise<{ license: string | null; languages: string[] }> {
  const readme = await readFile(path.join(dir, 'README.md'), 'utf8').catch(() => '');
  const yaml = /^---\r?\n([\s\S]*?)\r?\n---/.exec(readme)?.[1] ?? '';
  const value = (key: string): string | null =>
    new RegExp(`^${key}:\\s*["']?([\\w.+-]+)`, 'm').exec(yaml)?.[1] ?? null;
  const license = value('license') === 'other' ? (value('license_name') ?? 'other') : value('license');
  const inline = /^language:[ \t]*\[?[ \t]*([\w"', \t-]+?)\]?[ \t]*$/m.exec(yaml)?.[1];
  const list = /^language:[ \t]*\r?\n((?:[ \t]*-[ \t]*[\w"'-]+[ \t]*\r?\n?)+)/m.exec(yaml)?.[1];
  const languages = (inline ?? list ?? '')
    .split(/[\s,-]+/)
    .map((l) => l.replace(/["']/g, ''))
    .filter((l) => /^[a-z]{2}$/.test(l));
  return { license, languages };
}

/** `model_max_length` of the tokeniser; transformers writes 10^30 for none. */
async function tokenizerLimit(dir: string): Promise<number> {
  try {
    const config = JSON.parse(await readFile(path.join(dir, 'tokenizer_config.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    const limit = config.model_max_length;
    return typeof limit === 'number' && limit > 0 ? limit : Infinity;
  } catch {
    return Infinity;
  }
}
