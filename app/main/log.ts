import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

/** A log that a person can open and attach to a bug report: what happened and when, never a document's text. */
export class Log {
  constructor(readonly file: string) {
    mkdirSync(path.dirname(file), { recursive: true });
    // One old file is kept; a log must not fill a disk.
    if (existsSync(file) && statSync(file).size > 2_000_000) renameSync(file, `${file}.1`);
  }

  write(text: string): void {
    try {
      appendFileSync(this.file, `${new Date().toISOString()} ${text.trimEnd()}\n`);
    } catch {
      // A full disk must not take the app down with it.
    }
  }
}
