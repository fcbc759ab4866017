/** What a person asked for with a result outside of the window: closing the window is no reason to leave it half done. */
const lasting: ReadonlySet<string> = new Set([
  'export',
  'topics.apply',
  'topics.undo',
  'topics.redo',
  'topics.replay',
]);

/**
 * Whether a request goes on to its end when the line that asked for it is closed: exports into a place that was chosen and changes of
 * a project, which take seconds. An export without a place is for a page to download, and nobody would.
 */
export function isLasting(method: string, params: unknown): boolean {
  return lasting.has(method) && !(method === 'export' && !(params as { path?: unknown } | null)?.path);
}
