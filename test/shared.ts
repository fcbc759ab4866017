import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const shared = fileURLToPath(new URL('../../shared', import.meta.url));

/** A file beside the checkout that a fresh clone doesn't have (labelled corpora, reference outputs), or null. */
export function sharedPath(...parts: string[]): string | null {
  const file = path.join(shared, ...parts);
  return existsSync(file) ? file : null;
}
