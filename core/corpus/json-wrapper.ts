import { InputError } from '../base/errors.ts';
import { breathe } from '../base/progress.ts';
import type { ByteWindow } from './window.ts';

/**
 * The list inside a .json file that is one object, as web services answer: `{"total": 2, "data": [{…}, {…}]}`. Null where the
 * file is something else: lines, a list, one document, or an object longer than the limit; the window then stays as it was.
 * @param parse reads JSON, or throws.
 * @throws InputError where the object has several such lists, or holds a table in another shape than rows.
 */
export async function wrappedList(
  window: ByteWindow,
  file: string,
  recordBytes: number,
  parse: (text: string) => unknown,
): Promise<readonly unknown[] | null> {
  let end = -1;
  while (end < 0) {
    if (window.last || window.buffer.length > recordBytes) return null;
    await window.more(1);
    await breathe();
    if (window.buffer.find((byte) => byte > 32) !== brace) return null;
    end = objectEnd(window.buffer);
  }
  if (!window.last) await window.more(1);
  if (!window.last || window.buffer.toString('utf8', end).trim() !== '') return null;
  let whole;
  try {
    whole = parse(window.buffer.toString('utf8', 0, end)) as object;
  } catch {
    return null;
  }
  const lists = Object.entries(whole).filter(([, value]) => isRows(value)) as [string, unknown[]][];
  if (lists.length > 1)
    throw new InputError(
      `${file} holds several lists (${lists.map(([key]) => key).join(', ')}); give a file with the one that has the documents.`,
      { code: 'several-lists' },
    );
  if (lists.length === 0 && isTable(Object.values(whole)))
    throw new InputError(
      `${file} is one object with a key for each column or document; write it as a list of objects, one a document (in pandas: orient="records").`,
      { code: 'not-rows' },
    );
  return lists.length === 1 ? lists[0][1] : null;
}

const [brace, quote, backslash] = [...'{"\\'].map((c) => c.charCodeAt(0));
const openers = new Set([...'[{'].map((c) => c.charCodeAt(0)));
const closers = new Set([...']}'].map((c) => c.charCodeAt(0)));

/** Behind the bracket that closes the first one; −1 where it isn't there (yet). */
function objectEnd(buffer: Buffer): number {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < buffer.length; at++) {
    const byte = buffer[at];
    if (inString) {
      if (byte === backslash) at++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (openers.has(byte)) depth++;
    else if (closers.has(byte) && --depth <= 0) return at + 1;
  }
  return -1;
}

function isRows(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Columns of at least ten cells each, or at least ten documents under their keys: one document has no such shape. */
function isTable(values: readonly unknown[]): boolean {
  if (values.length === 0) return false;
  const sizes = values.map((value) =>
    Array.isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : 0,
  );
  if (sizes.some((size) => size !== sizes[0])) return values.length >= 10 && values.every(isObject);
  return sizes[0] >= 10 || (values.length >= 10 && values.every(isObject));
}
