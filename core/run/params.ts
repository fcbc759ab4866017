import type { z } from 'zod';
import { clusterParams } from '../cluster/index.ts';
import { corpusParams } from '../corpus/index.ts';
import { embedParams } from '../embed/index.ts';
import { keywordParams } from '../keywords/index.ts';
import { reduceParams } from '../reduce/index.ts';
import { guideParams } from '../topics/index.ts';
import { UsageError } from '../base/errors.ts';
import { parseParams } from '../base/params.ts';

/** The stages' parameters, in the order in which data flows: the source of the flags, the form and the reference page. */
export const stageSchemas = Object.freeze({
  load: corpusParams,
  embed: embedParams,
  reduce: reduceParams,
  cluster: clusterParams,
  keywords: keywordParams,
  /** No stage: it guides those above. */
  guide: guideParams,
});

export type RunParams = { [S in keyof typeof stageSchemas]: z.output<(typeof stageSchemas)[S]> };

/**
 * Sorts flat parameters (as the command line and the app's form give them) into the stages' own, defaults filled in.
 * @throws UsageError for one that no stage knows, or a value that its stage refuses.
 */
export function parseRunParams(flat: Record<string, unknown>): RunParams {
  const known = new Set(Object.values(stageSchemas).flatMap((schema) => Object.keys(schema.shape)));
  for (const name of Object.keys(flat))
    if (!known.has(name))
      throw new UsageError(`There is no parameter called ${name}; see moetopic run --help.`);
  const of = <S extends keyof typeof stageSchemas>(stage: S): RunParams[S] => {
    const schema = stageSchemas[stage];
    const own = Object.fromEntries(Object.entries(flat).filter(([name]) => name in schema.shape));
    return parseParams(schema as z.ZodType, own, stage) as RunParams[S];
  };
  return {
    load: of('load'),
    embed: of('embed'),
    reduce: of('reduce'),
    cluster: of('cluster'),
    keywords: of('keywords'),
    guide: of('guide'),
  };
}

/** The inverse: every stage's parameters by their flat names. */
export function flatParams(params: Partial<RunParams>): Record<string, unknown> {
  return Object.fromEntries(Object.values(params).flatMap((own) => Object.entries(own)));
}

/** For topics that don't come from clustering all documents: nothing may be told from clustering them again. */
export function withoutClusterer(params: RunParams): RunParams {
  return { ...params, cluster: { ...params.cluster, clusterer: 'none' } };
}

/** Parameters for clustering some of a project's documents, whatever its topics come from. */
export function clusterAnyway({ cluster }: RunParams): RunParams['cluster'] {
  return { ...cluster, clusterer: cluster.clusterer === 'none' ? 'hdbscan' : cluster.clusterer };
}
