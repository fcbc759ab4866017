import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../base/errors.ts';
import type { Language } from '../base/language.ts';
import { makeFolder } from '../base/make-folder.ts';
import type { StageContext } from '../base/progress.ts';
import {
  corpusView,
  documentsCsv,
  exportHtml,
  skippedCsv,
  topicsCsv,
  writeTextFile,
  type ProjectView,
} from '../export/index.ts';
import { runManifest } from './manifest.ts';
import type { ThemedFigure } from '../protocol.ts';
import { run, type RunOutcome, type RunPartial, type RunRequest } from './pipeline.ts';
import { digest, openProject, type Project } from '../store/index.ts';

/** The files of a run in its folder. */
export const resultFiles = {
  topics: 'topics.csv',
  documents: 'documents.csv',
  skipped: 'skipped.csv',
  map: 'map.html',
  manifest: 'run.json',
  project: 'project.moetopic',
} as const;

export interface RunToFolder extends RunRequest {
  readonly out: string;
  readonly overwrite: boolean;
  /** Don't guard cells that a spreadsheet would run as formulas. */
  readonly raw?: boolean;
  /** More for the manifest, measured by the caller when all is written (peak memory). */
  readonly measure?: () => Record<string, unknown>;
}

/**
 * Runs the pipeline into a folder: topics.csv, documents.csv, skipped.csv (where rows were), map.html, run.json, the project.
 * The same run again goes on where it stopped; another one's folder is refused.
 * @throws UsageError when the folder holds another run and `overwrite` is off.
 */
export async function runToFolder(
  request: RunToFolder,
  context: StageContext,
  onPartial?: (partial: RunPartial) => void,
): Promise<Record<string, unknown>> {
  let project: Project | null = null;
  try {
    const outcome = await run(
      request,
      async () => (project = await openRun(request, context)),
      context,
      onPartial,
    );
    const manifest = { ...runManifest(outcome, context.seed), seconds: outcome.seconds };
    const view = runView(outcome, context.seed, manifest);
    await writeResults(view, outcome.map, request.out, { raw: request.raw, language: context.language });
    const whole = { ...manifest, ...request.measure?.(), out: request.out };
    await outcome.project.saveManifest(whole);
    await writeTextFile(path.join(request.out, resultFiles.manifest), [
      `${JSON.stringify(whole, null, 2)}\n`,
    ]);
    return whole;
  } finally {
    await (project as Project | null)?.close();
  }
}

/** Opens the folder's project, made for this run: same source, parameters and seed. */
async function openRun(request: RunToFolder, context: StageContext): Promise<Project> {
  const file = path.join(request.out, resultFiles.project);
  const identity = digest([
    path.resolve(request.source),
    request.params,
    request.embeddings ?? null,
    context.seed,
  ]);
  if (request.overwrite) await removeResults(request.out);
  await makeFolder(request.out);
  if (
    !existsSync(file) &&
    (await readdir(request.out)).some((name) => Object.values(resultFiles).includes(name as 'run.json'))
  )
    throw new UsageError(
      `${request.out} holds results without their project; choose another --out, or add --overwrite.`,
    );
  const project = await openProject(file, { create: true });
  const known = await project.setting<string>('run');
  if (known !== null && known !== identity) {
    await project.close();
    throw new UsageError(
      `${request.out} holds the results of another run (other corpus, parameters or seed); choose another --out, or add --overwrite.`,
    );
  }
  if (known === null) await project.putSetting('run', identity);
  return project;
}

/** Takes away what a run wrote into a folder, when no other process has its project open. */
export async function removeResults(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  // Opening first makes sure that no other process owns the project.
  const file = path.join(folder, resultFiles.project);
  if (existsSync(file)) await (await openProject(file)).close();
  for (const name of Object.values(resultFiles)) await rm(path.join(folder, name), { force: true });
}

/** Everything that the exports show, from a finished run. */
export function runView(outcome: RunOutcome, seed: number, manifest: Record<string, unknown>): ProjectView {
  const { state } = outcome;
  return {
    ...corpusView(outcome.corpus),
    topics: state.topics,
    labels: state.labels,
    probabilities: state.probabilities,
    assignedBy: null,
    x: state.x,
    y: state.y,
    seed,
    reasons: manifest.reasons as string[],
    manifest,
  };
}

/** Writes topics.csv, documents.csv, skipped.csv (where rows were) and map.html into a folder. */
export async function writeResults(
  view: ProjectView,
  map: ThemedFigure,
  folder: string,
  { raw, language }: { readonly raw?: boolean; readonly language?: Language } = {},
): Promise<void> {
  const at = (name: keyof typeof resultFiles): string => path.join(folder, resultFiles[name]);
  await topicsCsv(view, at('topics'), { raw });
  await documentsCsv(view, at('documents'), { raw });
  if (view.skipped.length > 0) await skippedCsv(view, at('skipped'));
  await exportHtml(view, at('map'), { map, language });
}
