/** Corrections of the topics: each is one step that undo takes back. */
import type { OperationPreview } from '../../core/protocol.ts';
import { engine } from './engine.ts';
import { report } from './notices.ts';
import { refreshProject } from './project.ts';

export type Operation = Record<string, unknown>;

export async function apply(operation: Operation): Promise<boolean> {
  try {
    await refreshProject(await engine().request('topics.apply', { operation }));
    return true;
  } catch (error) {
    report(error);
    return false;
  }
}

export function previewOperation(
  operation: Operation,
  { coherence = false, signal }: { coherence?: boolean; signal?: AbortSignal } = {},
): Promise<OperationPreview> {
  return engine().request('topics.preview', { operation, coherence }, { signal });
}

export async function undo(): Promise<void> {
  try {
    await refreshProject(await engine().request('topics.undo', {}));
  } catch (error) {
    report(error);
  }
}

export async function redo(): Promise<void> {
  try {
    await refreshProject(await engine().request('topics.redo', {}));
  } catch (error) {
    report(error);
  }
}
