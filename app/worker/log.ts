import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

const largest = 1 << 20;

/** A log that a person can open and attach to a bug report: what failed and why, never the documents' text. */
export class Log {
  readonly path: string;

  constructor(folder: string) {
    this.path = path.join(folder, 'moetopic.log');
    mkdirSync(folder, { recursive: true });
  }

  write(text: string): void {
    if (existsSync(this.path) && statSync(this.path).size > largest)
      renameSync(this.path, `${this.path}.old`);
    appendFileSync(this.path, `${new Date().toISOString()} ${text}\n`);
  }

  /** The end of it, at most 64 kB. */
  tail(): string {
    return existsSync(this.path) ? readFileSync(this.path, 'utf8').slice(-65536) : '';
  }
}
