import { open } from 'node:fs/promises';
import { writeAtomically } from '../base/atomic.ts';
import { throwIfCancelled } from '../base/errors.ts';

/** Collected before a write, in characters. */
const blockLength = 1 << 18;

/**
 * Writes a UTF-8 file from pieces of text, whole or not at all, a block at a time: a million rows never lie in memory as
 * one string.
 */
export function writeTextFile(file: string, pieces: Iterable<string>, signal?: AbortSignal): Promise<void> {
  return writeAtomically(file, async (temporary) => {
    const handle = await open(temporary, 'w');
    try {
      for (const block of blocks(pieces)) {
        if (signal) throwIfCancelled(signal);
        await handle.writeFile(block);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

function* blocks(pieces: Iterable<string>): Generator<string> {
  let waiting: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length < blockLength) continue;
    yield waiting.join('');
    waiting = [];
    length = 0;
  }
  yield waiting.join('');
}
