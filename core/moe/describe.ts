import { stat } from 'node:fs/promises';
import { openCheckpoint } from './checkpoint/open.ts';
import type { ModelCard, RouterInfo } from '../stages.ts';
import { countParameters } from './card.ts';
import { buildGraphs } from './convert.ts';
import { readModelConfig } from './model-config.ts';
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
  const { config, family } = await readModelConfig(dir);
  const checkpoint = await openCheckpoint(dir);
  try {
    const model = family.open(config, checkpoint, {});
    const size = (precision: Precision): number =>
      buildGraphs(checkpoint, model, { precision, device }).plan.totalBytes;
    let bytes = 0;
    for (const file of new Set([...checkpoint.tensors.values()].map((t) => t.file)))
      bytes += (await stat(file)).size;
    const { hiddenSize, layers, routers, gate, maxTokens, pooling } = model;
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
      bytes,
      convertedBytes: { fp32: size('fp32'), fp16: size('fp16'), int8: size('int8'), int4: size('int4') },
    };
  } finally {
    await checkpoint.close();
  }
}
