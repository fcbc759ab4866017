import { breathe } from '../base/progress.ts';
import type { ByteWindow } from './window.ts';

/** One record of a JSON file: its number, from 1, and its text. */
export type JsonRecord = readonly [row: number, text: string];

/**
 * The records of a JSON file: its lines, or, where it is one list, the list's elements, one at a time, so that a list may be
 * longer than a string can be.
 * @param plain whether the file calls itself .json: then any list is one of records, not a first line that happens to be a list.
 */
export async function* jsonRecords(window: ByteWindow, plain: boolean): AsyncGenerator<JsonRecord> {
  const first = await opening(window);
  const isList = first.startsWith('[') && (plain || first.startsWith('[{'));
  if (isList) window.at = window.buffer.indexOf(bracket, window.at) + 1;
  const endOf = isList ? elementEnd : lineEnd;
  for (let row = 1; !window.done; row++) {
    let end = endOf(window.buffer, window.at);
    while (end < 0 && !window.last) {
      await window.more(row);
      await breathe();
      end = endOf(window.buffer, window.at);
    }
    const stop = end < 0 ? window.buffer.length : end;
    const text = window.buffer.toString('utf8', window.at, stop);
    const closed = isList && (end < 0 || window.buffer[end] === closing);
    window.at = Math.min(window.buffer.length, stop + 1);
    if (!(closed && text.trim() === '')) yield [row, text];
    if (closed) return;
  }
}

const [bracket, closing, comma, quote, backslash] = [...'[],"\\'].map((c) => c.charCodeAt(0));
const openers = new Set([...'[{'].map((c) => c.charCodeAt(0)));
const closers = new Set([...']}'].map((c) => c.charCodeAt(0)));

/** The first two characters of a file that are no white space. */
async function opening(window: ByteWindow): Promise<string> {
  for (;;) {
    let found = '';
    for (let at = window.at; at < window.buffer.length && found.length < 2; at++)
      if (window.buffer[at] > 32) found += String.fromCharCode(window.buffer[at]);
    if (found.length === 2 || window.last) return found;
    await window.more(1);
  }
}

function lineEnd(buffer: Buffer, from: number): number {
  return buffer.indexOf(10, from);
}

/** Where the element that starts at `from` ends: the comma or bracket behind it, outside of its own brackets and strings; −1 where it goes on. */
function elementEnd(buffer: Buffer, from: number): number {
  let depth = 0;
  let inString = false;
  for (let at = from; at < buffer.length; at++) {
    const byte = buffer[at];
    if (inString) {
      if (byte === backslash) at++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (depth === 0 && (byte === comma || byte === closing)) return at;
    else if (openers.has(byte)) depth++;
    else if (closers.has(byte)) depth = Math.max(0, depth - 1);
  }
  return -1;
}
