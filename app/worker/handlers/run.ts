import path from 'node:path';
import { estimateRun, resultFiles, runToFolder } from '../../../core/index.ts';
import type { Handlers } from '../call.ts';
import { keepWithinLimit } from './cache.ts';
import { summarise } from '../summary.ts';

export const runHandlers: Handlers<'run.estimate' | 'run.start' | 'run.attach'> = {
  'run.estimate': async ({ source, roles, params }, { context }) =>
    estimateRun(source, { ...roles, ...params }, context),

  'run.start': async ({ source, roles, params, out }, { workspace, settings, context, partial }) => {
    const name = out ?? workspace.newProjectFolder(corpusName(source));
    partial({ out: name });
    await workspace.close();
    await runToFolder(
      { source, params: { ...definedRoles(roles), ...params }, out: name, overwrite: false },
      context,
      partial,
    );
    await keepWithinLimit(settings);
    return summarise(await workspace.open(path.join(name, resultFiles.project)));
  },

  'run.attach': async () => null,
};

/** The roles that were given, as parameters of reading a corpus. */
export function definedRoles(roles: Record<string, string | null> | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(roles ?? {}).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

/** A name for a project after what it was made of. */
export function corpusName(source: string): string {
  return path
    .basename(source)
    .replace(/\.(tar\.gz|tgz|zip|csv(\.gz)?|tsv(\.gz)?|(jsonl|ndjson|json)(\.gz)?|parquet)$/i, '');
}
