import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Finished {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A folder of a test file's own, with a cache of its own, removed at the end. */
export function scratchFolder(name: string): { at: (...parts: string[]) => string; cache: string } {
  const folder = mkdtempSync(path.join(tmpdir(), `moetopic-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return { at: (...parts) => path.join(folder, ...parts), cache: path.join(folder, 'cache') };
}

/** Starts the command line as a person would, with a cache of the test's own. */
export function startCli(
  cache: string,
  args: readonly string[],
): { child: ChildProcess; finished: Promise<Finished> } {
  const child = spawn(process.execPath, [cli, ...args], { env: { ...process.env, MOETOPIC_CACHE: cache } });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
  return { child, finished };
}

export function runCli(cache: string, ...args: string[]): Promise<Finished> {
  return startCli(cache, args).finished;
}

const subjects = {
  sea: 'ship sailor harbour wave tide anchor captain ocean mast storm deck island'.split(' '),
  kitchen: 'bread oven flour butter recipe onion garlic sauce pepper boil knife plate'.split(' '),
  sky: 'planet telescope orbit star comet galaxy moon eclipse astronomer rocket crater nebula'.split(' '),
};

/** Documents on three subjects, written by rule: the first column is an id, the last a label. */
export function writeSmallCorpus(file: string, each = 40): string {
  const lines = ['id,name,text,label'];
  for (const [subject, words] of Object.entries(subjects))
    for (let d = 0; d < each; d++) {
      const picked = Array.from({ length: 9 }, (_, i) => words[(d * 5 + i * (1 + (d % 3))) % words.length]);
      lines.push(
        `${subject}-${d},the ${words[d % words.length]},"The ${picked.slice(0, 4).join(' and the ')}, with a ${picked.slice(4).join(' near the ')}.",${subject}`,
      );
    }
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
