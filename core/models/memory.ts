import os from 'node:os';
import type { Precision } from '../moe/index.ts';

/** Bytes of a parameter in a converted model: int4 has a scale of four bytes to each block of 32. */
const parameterBytes = { fp32: 4, fp16: 2, int8: 1, int4: 0.5 + 4 / 32 };

/** About what a model's converted weights take, told from its number of parameters alone. */
export function convertedSize(parameters: number, precision: Precision): number {
  return parameters * parameterBytes[precision];
}

/** Memory while embedding: weights are mapped and come as they are used; a batch's activations and the runtime come on top. */
export function memoryNeeded(weightBytes: number): number {
  return Math.round(weightBytes * 1.3 + 150e6);
}

/** Whether that much is a sensible part of this machine's memory: the system and the corpus want some, too. */
export function fitsHere(memoryBytes: number, machineBytes = os.totalmem()): boolean {
  return memoryBytes < machineBytes * 0.8;
}

/** Below this many bytes of weights nothing is gained that is worth a loss. */
const smallCheckpoint = 400e6;

/** Full precision while a checkpoint is small, else what fits into a third of the memory: int8 is fastest, int4 smallest. */
export function precisionHere(
  checkpointBytes: number,
  int8Bytes: number,
  machineBytes = os.totalmem(),
): Precision {
  if (checkpointBytes < smallCheckpoint) return 'fp32';
  return int8Bytes < machineBytes / 3 ? 'int8' : 'int4';
}
