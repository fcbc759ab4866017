import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Embeddings are kept between the tests (and runs of them): what one has embedded, the next needn't. */
export const cache = process.env.MOETOPIC_CACHE ?? path.join(root, 'node_modules/.cache/moetopic-e2e');
mkdirSync(cache, { recursive: true });

export function scratch(name: string): string {
  return mkdtempSync(path.join(tmpdir(), `moetopic-${name}-`));
}

export const environment = (dataFolder: string): Record<string, string> => ({
  ...(process.env as Record<string, string>),
  MOETOPIC_CACHE: cache,
  MOETOPIC_DATA: dataFolder,
});

const newsgroups = path.join(root, '../shared/corpora/20news-bydate.tar.gz');

/** 20 Newsgroups' own archive where it lies beside the checkout, the bundled corpus elsewhere; some documents of it. */
export const corpus = existsSync(newsgroups)
  ? { file: newsgroups, name: '20news-bydate', sample: 1000, newsgroups: true }
  : {
      file: path.join(root, 'assets/corpora/debian-packages.csv.gz'),
      name: 'debian-packages',
      sample: 1000,
      newsgroups: false,
    };

const table = path.join(root, '../shared/corpora/20newsgroups.csv.gz');

/** The same as a table with labels and dates; the bundled corpus elsewhere, which has labels only. */
export const dated = existsSync(table)
  ? { file: table, sample: 1000, dates: true }
  : { file: corpus.file, sample: 1000, dates: false };

/** What the command line says about a corpus, in a folder. */
export function runCli(file: string, out: string, sample: number, more: string[] = []): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = [
      path.join(root, 'dist/cli.js'),
      'run',
      file,
      '--out',
      out,
      '--sample',
      String(sample),
      ...more,
    ];
    const child = spawn(process.execPath, args, {
      env: environment(out),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`moetopic run: ${errors}`))));
  });
}
