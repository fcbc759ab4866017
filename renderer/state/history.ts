/** The log of corrections: stepping through it, saving it, replaying another's. */
import type { LogEntry, ProjectSummary } from '../../core/protocol.ts';
import { t } from '../i18n/index.ts';
import { saveBlob } from '../client/files.ts';
import { engine } from './engine.ts';
import { count } from './format.ts';
import { report, tell } from './notices.ts';
import { refreshProject } from './project.ts';
import { get } from './store.ts';

/** Undoes or redoes until exactly `done` corrections are in force. */
export async function goToStep(done: number): Promise<void> {
  try {
    let summary: ProjectSummary | null = null;
    for (let now = get().project?.undoable ?? done; now !== done; now += now < done ? 1 : -1)
      summary = await engine().request(now < done ? 'topics.redo' : 'topics.undo', {});
    if (summary) await refreshProject(summary);
  } catch (error) {
    report(error);
  }
}

/** The log as a file that another project can replay. */
export function saveHistory(entries: readonly LogEntry[]): void {
  const text = `${JSON.stringify({ entries }, null, 2)}\n`;
  saveBlob(
    `${get().project?.name ?? 'project'}-history.json`,
    new Blob([text], { type: 'application/json' }),
  );
}

/** Does what a saved log lists, on top of what was done here. */
export async function replayHistory(file: File): Promise<void> {
  try {
    const operations = readHistory(await file.text());
    if (operations === null) throw new Error(t('history.wrongFile', { name: file.name }));
    await refreshProject(await engine().request('topics.replay', { operations }));
    tell(t('history.replayed', { count: count(operations.length) }));
  } catch (error) {
    report(error);
  }
}

/** The operations in force of a saved log; null for a file that is none. */
export function readHistory(text: string): Record<string, unknown>[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const entries = Array.isArray(parsed)
    ? (parsed as unknown[])
    : (parsed as { entries?: unknown } | null)?.entries;
  if (!Array.isArray(entries)) return null;
  const operations = (entries as { operation?: unknown; undone?: boolean }[])
    .filter((entry) => typeof entry === 'object' && !entry.undone)
    .map((entry) => (entry.operation ?? entry) as Record<string, unknown>);
  return operations.every(({ type }) => typeof type === 'string') ? operations : null;
}
