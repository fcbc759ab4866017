import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../../base/errors.ts';
import { type ModelCard } from '../../stages.ts';
import { openCheckpoint } from '../checkpoint/open.ts';
import { type Checkpoint } from '../checkpoint/types.ts';
import { type EncoderConfig, readEncoderConfig } from './config.ts';
import { encoderGraph } from './graph.ts';
import { type EncoderPrecision, packEncoder, type ReadTensor } from './pack.ts';
import { WeightWriter } from './weights.ts';

/** What a checkpoint doesn't say about itself. */
export interface EncoderFacts {
  readonly name: string;
  readonly license: string | null;
  readonly maxTokens: number;
  readonly pooling: ModelCard['pooling'];
  readonly alpha: number;
  readonly prefix: string;
  readonly languages: readonly string[];
}

const dataFile = 'model.onnx.data';

/**
 * Converts a `bert` or `bert_moe` checkpoint in the hub's layout into a model folder (see ModelCard). The folder appears whole or not at all.
 * @throws ModelError naming the file, key or tensor that doesn't fit.
 */
export async function convertEncoder(
  source: string,
  target: string,
  precision: EncoderPrecision,
  facts: EncoderFacts,
): Promise<ModelCard> {
  const json = JSON.parse(await readFile(path.join(source, 'config.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const config = readEncoderConfig(json);
  const checkpoint = await openCheckpoint(source);
  const part = `${target}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  try {
    const writer = new WeightWriter(path.join(part, dataFile), dataFile);
    const packed = await packEncoder(config, precision, reader(checkpoint), writer);
    const fingerprint = await writer.finish();
    await writeFile(path.join(part, 'model.onnx'), encoderGraph(config, packed, 'tokens').finish());
    await writeFile(path.join(part, 'pooled.onnx'), encoderGraph(config, packed, 'pooled').finish());
    for (const file of ['tokenizer.json', 'tokenizer_config.json'])
      await writeFile(path.join(part, file), await readFile(path.join(source, file)));
    const card = encoderCard(config, precision, facts, String(json.model_type), fingerprint);
    await writeFile(path.join(part, 'moetopic.json'), `${JSON.stringify(card, null, 2)}\n`);
    await rm(target, { recursive: true, force: true });
    await rename(part, target);
    return card;
  } finally {
    await checkpoint.close();
    await rm(part, { recursive: true, force: true });
  }
}

/** Models saved with a head keep the encoder under a prefix. */
function reader(checkpoint: Checkpoint): ReadTensor {
  const prefix = ['', 'bert.', 'model.'].find((p) => checkpoint.has(`${p}embeddings.word_embeddings.weight`));
  if (prefix === undefined)
    throw new ModelError(
      'The checkpoint has no tensor "embeddings.word_embeddings.weight"; it is not a BERT-like encoder.',
    );
  return async (name, shape) => {
    const weight = checkpoint.weight(prefix + name, shape);
    return weight.read(0, weight.rows);
  };
}

/** The card of a converted encoder: moetopic.json. */
export function encoderCard(
  config: EncoderConfig,
  precision: EncoderPrecision,
  facts: EncoderFacts,
  family: string,
  fingerprint: string,
): ModelCard {
  const { hidden, layers, experts } = config;
  const attention = 4 * hidden * (hidden + 1);
  const norms = 4 * hidden;
  const neuron = 2 * hidden + 1;
  const routed = experts ? experts.inner * neuron : 0;
  const router = experts ? experts.count * hidden : 0;
  const layer = (n: number): number =>
    attention + norms + hidden + config.inner * neuron + n * routed + router;
  const embeddings = (config.vocabulary + config.positions + 2) * hidden + 2 * hidden;
  return {
    format: 1,
    name: facts.name,
    family,
    license: facts.license,
    hiddenSize: hidden,
    layers,
    routers: experts
      ? Array.from({ length: layers }, (_, i) => ({
          layer: i,
          kind: 'mlp' as const,
          experts: experts.count,
          active: experts.active,
        }))
      : [],
    gate: gateName(config),
    parameters: {
      total: embeddings + layers * layer(experts?.count ?? 0),
      active: embeddings + layers * layer(experts?.active ?? 0),
    },
    precision,
    devices: precision === 'fp32' ? ['cpu', 'webgpu', 'cuda', 'dml', 'coreml'] : ['cpu'],
    maxTokens: facts.maxTokens,
    pooling: facts.pooling,
    alpha: facts.alpha,
    prefix: facts.prefix,
    languages: facts.languages,
    fingerprint,
  };
}

function gateName({ experts }: EncoderConfig): string {
  if (experts === null) return 'dense';
  if (experts.renormalisedTo === null) return 'softmax top-k';
  return experts.renormalisedTo === 1
    ? 'softmax top-k, renormalised'
    : `softmax top-k, renormalised to ${experts.renormalisedTo}`;
}
