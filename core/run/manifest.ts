import os from 'node:os';
import { packageVersion } from '../base/paths.ts';
import { sizeReasons } from './reasons.ts';
import type { RunOutcome } from './pipeline.ts';

/** What was done, with which parameters and versions, and how long it took: run.json, and what `--json` prints. */
export function runManifest(outcome: RunOutcome, seed: number): Record<string, unknown> {
  const { corpus, embedding, state } = outcome;
  const outliers = state.labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  return {
    command: 'run',
    corpus: {
      name: corpus.name,
      documents: corpus.ids.length,
      empty: corpus.empty.length,
      duplicates:
        corpus.duplicateOf.reduce((sum, first) => sum + (first >= 0 ? 1 : 0), 0) -
        Math.max(0, corpus.empty.length - 1),
      skipped: corpus.skipped.length,
      truncated: embedding.truncated.reduce((sum, cut) => sum + cut, 0),
      roles: corpus.roles,
    },
    topics: state.topics.filter((topic) => topic.id >= 0).length,
    outliers,
    outlier_share: outliers / corpus.ids.length,
    parameters: outcome.params,
    chosen: { reduce: outcome.reduction.recipe, cluster: outcome.clustering.recipe, embed: embedding.recipe },
    reasons: sizeReasons(outcome.params, corpus.ids.length - corpus.empty.length, outcome.clustering.recipe),
    seed,
    device: embedding.device,
    notices: outcome.notices,
    versions: versions(),
  };
}

/** Versions that a result depends on. */
export function versions(): Record<string, string> {
  return {
    moetopic: packageVersion(),
    node: process.versions.node,
    ...(process.versions.electron ? { electron: process.versions.electron } : {}),
    platform: `${os.platform()}-${os.arch()}`,
  };
}
