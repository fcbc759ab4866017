import { stat } from 'node:fs/promises';
import { headersOnly, openCheckpoint } from './checkpoint/open.ts';
import type { Checkpoint, StoredTensor } from './checkpoint/types.ts';
import type { ModelCard, RouterInfo } from '../stages.ts';
import { countParameters, frontMatter } from './card.ts';
import { buildGraphs } from './convert.ts';
import { readModelConfig } from './model-config.ts';
import { providerOperators } from './providers.ts';
import type { Device, Precision } from './write/model-writer.ts';

/** What a checkpoint folder holds, told without reading its weights. */
export interface ModelDescription {
  readonly family: string;
  /** The family's name as people write it. */
  readonly title: string;
  readonly hiddenSize: number;
  readonly layers: number;
  readonly routers: readonly RouterInfo[];
  readonly gate: string;
  readonly parameters: ModelCard['parameters'];
  readonly maxTokens: number;
  readonly pooling: ModelCard['pooling'];
  readonly license: string | null;
  readonly languages: readonly string[];
  /** Providers that have every operator of its graph (at int8). */
  readonly devices: readonly Device[];
  /** Of the checkpoint's weight files. */
  readonly bytes: number;
  /** Of the converted weights, which is about what it takes in memory. */
  readonly convertedBytes: Readonly<Record<Precision, number>>;
}

/**
 * Describes a checkpoint in the hub's layout.
 * @throws ModelError as convertModel would: a model that is described can be converted.
 */
export async function describeModel(dir: string, device: Device = 'cpu'): Promise<ModelDescription> {
  const checkpoint = await openCheckpoint(dir);
  try {
    let bytes = 0;
    for (const file of new Set([...checkpoint.tensors.values()].map((t) => t.file)))
      bytes += (await stat(file)).size;
    return await describe(dir, checkpoint, bytes, device);
  } finally {
    await checkpoint.close();
  }
}

/**
 * Describes a checkpoint whose weights are not here yet: `dir` has its config.json, and `tensors` are those of its files' headers.
 * @throws ModelError likewise.
 */
export async function describeHeaders(
  dir: string,
  tensors: readonly StoredTensor[],
  bytes: number,
  device: Device = 'cpu',
): Promise<ModelDescription> {
  return describe(dir, headersOnly(dir, tensors), bytes, device);
}

async function describe(
  dir: string,
  checkpoint: Checkpoint,
  bytes: number,
  device: Device,
): Promise<ModelDescription> {
  const { config, family } = await readModelConfig(dir);
  const model = family.open(config, checkpoint, {});
  const build = (precision: Precision, on: Device): ReturnType<typeof buildGraphs> =>
    buildGraphs(checkpoint, model, { precision, device: on });
  const runs = (on: Device): boolean => {
    for (const operator of build('int8', on).operators)
      if (!providerOperators[on].has(operator)) return false;
    return true;
  };
  const size = (precision: Precision): number => build(precision, device).plan.totalBytes;
  const { hiddenSize, layers, routers, gate, maxTokens, pooling } = model;
  const front = await frontMatter(dir);
  return {
    family: family.name,
    title: family.title,
    hiddenSize,
    layers,
    routers,
    gate,
    parameters: countParameters(model, checkpoint),
    maxTokens,
    pooling,
    license: front.license ?? (typeof config.license === 'string' ? config.license : null),
    languages: front.languages.length > 0 ? front.languages : model.languages,
    devices: (Object.keys(providerOperators) as Device[]).filter(runs),
    bytes,
    convertedBytes: { fp32: size('fp32'), fp16: size('fp16'), int8: size('int8'), int4: size('int4') },
  };
}
