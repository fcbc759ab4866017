import { existsSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../base/errors.ts';
import type { Language } from '../base/language.ts';
import { keepEmbedding } from '../run/document-embedding.ts';
import { corpusView, writeTextFile } from '../export/index.ts';
import { versions } from '../run/manifest.ts';
import { topicMaps } from '../map/index.ts';
import type { RunState } from '../run/pipeline.ts';
import { removeResults, resultFiles, writeResults } from '../run/results.ts';
import { withoutClusterer, type RunParams } from '../run/params.ts';
import type { Corpus, Embedding, Reduction } from '../stages.ts';
import { digest, openProject } from '../store/index.ts';
import { assignments } from '../topics/index.ts';
import type { KeptTerms } from '../run/term-counts.ts';

/** A project that no run made: merged, grown or imported. */
export interface MadeProject {
  readonly command: 'merge' | 'grow' | 'import';
  readonly corpus: Corpus;
  readonly embedding: Embedding;
  /** Coordinates of the documents with text; null where there are none to cluster. */
  readonly reduction: Reduction | null;
  readonly state: RunState;
  readonly params: RunParams;
  readonly seed: number;
  /** Word counts of a corpus whose texts are not there. */
  readonly terms?: KeptTerms;
  /** What was done, for run.json. */
  readonly more: Readonly<Record<string, unknown>>;
}

export interface MadeOptions {
  readonly overwrite?: boolean;
  readonly raw?: boolean;
  /** Of the report. */
  readonly language?: Language;
}

/** @throws UsageError when the folder holds results already and `overwrite` is off. */
export async function checkFolder(folder: string, overwrite = false): Promise<void> {
  const there = Object.values(resultFiles).filter((name) => existsSync(path.join(folder, name)));
  if (there.length === 0) return;
  if (!overwrite)
    throw new UsageError(`${folder} holds results already; choose another --out, or add --overwrite.`);
  await removeResults(folder);
}

/**
 * Writes a project and its result files into a folder, as a run does: topics.csv, documents.csv, map.html, run.json,
 * project.moetopic. Its state is the fit: undo goes back to it. @returns what run.json holds.
 */
export async function writeMadeProject(
  folder: string,
  made: MadeProject,
  options: MadeOptions = {},
): Promise<Record<string, unknown>> {
  await checkFolder(folder, options.overwrite);
  const { corpus, state, params, seed } = made;
  const outliers = state.labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  const manifest = {
    command: made.command,
    corpus: {
      name: corpus.name,
      documents: corpus.ids.length,
      empty: corpus.empty.length,
      skipped: corpus.skipped.length,
      truncated: made.embedding.truncated.reduce((sum, cut) => sum + cut, 0),
      roles: corpus.roles,
    },
    topics: state.topics.filter((topic) => topic.id >= 0).length,
    outliers,
    outlier_share: outliers / corpus.ids.length,
    ...made.more,
    parameters: withoutClusterer(params),
    seed,
    device: made.embedding.device,
    versions: versions(),
    out: folder,
  };
  const project = await openProject(path.join(folder, resultFiles.project), { create: true });
  try {
    await project.saveCorpus(corpus);
    const key = digest([made.command, corpus.ids, seed]);
    await keepEmbedding(project, key, made.embedding);
    if (made.reduction) await project.putResult('reduce', key, made.reduction);
    if (made.terms) await project.putResult('terms', key, made.terms);
    await project.saveFit(state);
    await project.saveManifest(manifest);
  } finally {
    await project.close();
  }
  const { x, y, labels, topics } = state;
  const view = {
    ...corpusView(corpus),
    topics,
    labels,
    probabilities: state.probabilities,
    assignedBy: Array.from(state.edit.assignedBy, (code) => assignments[code]),
    x,
    y,
    seed,
    reasons: [],
    manifest,
  };
  const { language } = options;
  const map = topicMaps({ x, y, labels, topics, texts: corpus.texts, language });
  await writeResults(view, map, folder, options);
  await writeTextFile(path.join(folder, resultFiles.manifest), [`${JSON.stringify(manifest, null, 2)}\n`]);
  return manifest;
}
