import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ResourceError, UsageError } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import type { ModelCard } from '../stages.ts';
import { openCheckpoint } from './checkpoint/open.ts';
import type { Checkpoint } from './checkpoint/types.ts';
import { cardOf } from './card.ts';
import type { FamilyModel } from './family.ts';
import { pooledOutputs, tokenOutputs } from './graph/tail.ts';
import { readModelConfig } from './model-config.ts';
import { checkTokenizer, copyTokenizer } from './tokenizer/files.ts';
import { DataPlan } from './write/data-plan.ts';
import { ModelWriter, type Device, type Precision } from './write/model-writer.ts';
import { journalFile, writeData } from './write/write-data.ts';

export interface ConvertOptions {
  readonly precision: Precision;
  /** The provider whose operators the graph uses. */
  readonly device: Device;
  /** Layers to keep, from the first. */
  readonly layers?: number;
  /** The model's name in its card; the folder's by default. */
  readonly name?: string;
  /** Where the checkpoint was fetched from, for the card. */
  readonly source?: ModelCard['source'];
}

/** Raised when a checkpoint is read or written differently than before, so that one converted earlier is converted again. */
export const conversionVersion = 4;

/** Beside the weights: graphs, tokeniser and the file system's own needs. */
const spareBytes = 64 * 1024 * 1024;

/**
 * Turns a checkpoint folder in the hub's layout into a model folder (see ModelCard). Weights are read and written piece by piece, so memory
 * stays below 1.5 GB whatever the model's size. The folder is written as `<outDir>.part` and renamed when whole; an interrupted
 * or cancelled conversion goes on where it stopped when it is started again with the same options.
 * @throws ModelError for a checkpoint that can't be read, ResourceError when the disk is too small.
 */
export async function convertModel(
  dir: string,
  outDir: string,
  options: ConvertOptions,
  context: StageContext,
): Promise<ModelCard> {
  if (existsSync(outDir) && !existsSync(path.join(outDir, 'moetopic.json')))
    throw new UsageError(
      `${outDir} exists and is no model folder; choose another place for the converted model.`,
    );
  const { config, family } = await readModelConfig(dir);
  checkTokenizer(dir);
  const checkpoint = await openCheckpoint(dir);
  try {
    const model = family.open(config, checkpoint, { layers: options.layers });
    const { plan, graphs } = buildGraphs(checkpoint, model, options);
    const part = `${outDir}.part`;
    await mkdir(part, { recursive: true });
    const key = await keyOf(checkpoint, graphs);
    await checkDisk(part, plan);
    const weights = await writeData(plan, part, key, context);
    const fingerprint = createHash('sha256').update(weights);
    for (const [name, bytes] of Object.entries(graphs)) {
      await writeFile(path.join(part, name), bytes);
      fingerprint.update(bytes);
    }
    await copyTokenizer(dir, part);
    const card = await cardOf(dir, config, family, model, checkpoint, {
      ...options,
      fingerprint: fingerprint.digest('hex'),
    });
    await writeFile(path.join(part, 'moetopic.json'), `${JSON.stringify(card, null, 2)}\n`);
    await rm(journalFile(part), { force: true });
    if (existsSync(outDir)) await rm(outDir, { recursive: true });
    await rename(part, outDir);
    return card;
  } finally {
    await checkpoint.close();
  }
}

/** Both graphs of a model folder and the plan of the weights that they share. */
export function buildGraphs(
  checkpoint: Checkpoint,
  model: FamilyModel,
  options: Pick<ConvertOptions, 'precision' | 'device'>,
): { plan: DataPlan; graphs: Record<'model.onnx' | 'pooled.onnx', Uint8Array>; operators: Set<string> } {
  const plan = new DataPlan();
  const operators = new Set<string>();
  const build = (pooled: boolean): Uint8Array => {
    const m = new ModelWriter(
      pooled ? 'pooled' : 'model',
      checkpoint,
      plan,
      options.precision,
      options.device,
    );
    const inputs = {
      ids: m.graph.input('input_ids', 'int64', ['batch', 'tokens']),
      mask: m.graph.input('attention_mask', 'int64', ['batch', 'tokens']),
    };
    if (pooled) m.graph.input('pooling_weights', 'float32', ['batch', 'tokens']);
    const built = model.build(m, inputs);
    (pooled ? pooledOutputs : tokenOutputs)(m, inputs, built, model);
    for (const o of m.graph.operators) operators.add(o);
    return m.graph.finish();
  };
  return { plan, graphs: { 'model.onnx': build(false), 'pooled.onnx': build(true) }, operators };
}

/** What a resumed conversion must agree with: the graphs (which hold every weight's place) and the checkpoint's files. */
async function keyOf(checkpoint: Checkpoint, graphs: Record<string, Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for (const bytes of Object.values(graphs)) hash.update(bytes);
  for (const file of [...new Set([...checkpoint.tensors.values()].map((t) => t.file))].sort()) {
    const { size, mtimeMs } = await stat(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

async function checkDisk(folder: string, plan: DataPlan): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const data = path.join(folder, 'model.onnx.data');
  const there = await stat(data).then(
    (s) => s.blocks * 512,
    () => 0,
  );
  const needed = plan.totalBytes + spareBytes - there;
  if (bavail * bsize < needed)
    throw new ResourceError(
      `The converted model needs ${gigabytes(needed)} GB on the disk of ${folder}, which has ${gigabytes(bavail * bsize)} GB free; free some space or choose another place.`,
    );
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
