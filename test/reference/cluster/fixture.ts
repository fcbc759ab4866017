import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Matrix } from '../../../core/base/matrix.ts';
import { clusterParams, type ClusterParams } from '../../../core/cluster/index.ts';

type Numbers = (number | string)[];

/** One case of make.py. */
export interface Fixture {
  rows: number;
  columns: number;
  points: Numbers;
  params: Record<string, number | string | boolean>;
  labels: number[];
  probabilities: Numbers;
  outlierScores: Numbers;
  tree: { parent: number[]; child: number[]; lambda: Numbers; size: number[] };
  /** Edges of the spanning tree that are as long as another one. */
  tied: number;
  validity?: number;
  membership?: Numbers;
  fresh?: { points: Numbers; labels: number[]; probabilities: Numbers; membership: Numbers };
}

const folder = fileURLToPath(new URL('fixtures', import.meta.url));

export const fixtureNames = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -5));

export function readFixture(name: string): Fixture {
  return JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')) as Fixture;
}

/** Python writes infinities and NaN as words. */
export function toNumber(v: number | string): number {
  return typeof v === 'number' ? v : v === 'inf' ? Infinity : NaN;
}

export function matrixOf(points: Numbers, columns: number): Matrix {
  const data = Float32Array.from(points, toNumber);
  return { data, rows: data.length / columns, columns };
}

/** hdbscan's parameters in our names. */
export function paramsOf({ params }: Fixture): ClusterParams {
  return clusterParams.parse({
    minTopicSize: params.min_cluster_size,
    minSamples: params.min_samples ?? params.min_cluster_size,
    selection: params.cluster_selection_method ?? 'eom',
    epsilon: params.cluster_selection_epsilon ?? 0,
    maxTopicSize: params.max_cluster_size ?? 0,
    allowSingleTopic: params.allow_single_cluster ?? false,
  });
}

/** For each of our labels the reference's, by the first point that has it. */
export function namesOf(ours: Int32Array, theirs: readonly number[]): Map<number, number> {
  const names = new Map<number, number>([[-1, -1]]);
  ours.forEach((label, i) => {
    if (label >= 0 && !names.has(label)) names.set(label, theirs[i]);
  });
  return names;
}
