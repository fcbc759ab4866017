/** New documents and other projects beside the open one. */
import type { JoinReport, PredictedDocument } from '../../core/protocol.ts';
import { language } from '../i18n/index.ts';
import { engine } from './engine.ts';
import { openProject, showProject } from './project.ts';
import { report } from './notices.ts';

interface Listeners {
  signal: AbortSignal;
  onProgress: (fraction: number) => void;
}

const within = ({ signal, onProgress }: Listeners) => ({
  signal,
  onProgress: ({ fraction }: { fraction: number }) => onProgress(fraction),
});

/** A file of the person's choice; null when they thought better of it. */
export function chooseSource(kind: 'file' | 'project'): Promise<string | null> {
  return engine().host.choose(kind);
}

export function predict(source: string, listeners: Listeners): Promise<PredictedDocument[]> {
  return engine().request('documents.predict', { source }, within(listeners));
}

export function grow(source: string, threshold: number, listeners: Listeners): Promise<JoinReport> {
  return engine().request('project.grow', { source, threshold, language: language() }, within(listeners));
}

export function merge(
  other: string,
  mode: 'keep' | 'map' | 'add',
  threshold: number,
  listeners: Listeners,
): Promise<JoinReport> {
  return engine().request(
    'project.merge',
    { other, mode, threshold, language: language() },
    within(listeners),
  );
}

/** Opens the project that growing or merging made. */
export function openJoined({ out }: JoinReport): Promise<void> {
  return openProject(`${out.replace(/[/\\]$/, '')}/project.moetopic`);
}

/** A saved BERTopic model as a project, which is then open. */
export async function importBertopic(): Promise<void> {
  try {
    const folder = await engine().host.choose('folder');
    if (folder !== null)
      await showProject(await engine().request('project.import', { folder, language: language() }));
  } catch (error) {
    report(error);
  }
}
