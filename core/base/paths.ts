import { existsSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's folder: the nearest one above this file that holds package.json (from source, from dist/, inside a package). */
export const packageRoot: string = (() => {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json'))) {
    const up = path.dirname(folder);
    if (up === folder) return folder;
    folder = up;
  }
  return folder;
})();

/** A file that ships with MoETopic. Native code can't read inside an asar archive, so packages unpack assets beside it. */
export function assetPath(...parts: string[]): string {
  const unpacked = packageRoot.replace(/app\.asar$/, 'app.asar.unpacked');
  const outside = path.join(unpacked, 'assets', ...parts);
  return existsSync(outside) ? outside : path.join(packageRoot, 'assets', ...parts);
}

/** A thread's script, bundled into dist/threads by `npm run build` from `core/**\/NAME.thread.ts`. */
export function threadPath(name: string): string {
  const unpacked = packageRoot.replace(/app\.asar$/, 'app.asar.unpacked');
  const outside = path.join(unpacked, 'dist', 'threads', `${name}.js`);
  return existsSync(outside) ? outside : path.join(packageRoot, 'dist', 'threads', `${name}.js`);
}

let chosenCache: string | null = null;

/** Says where the cache is from now on in this process; null for the system's folder. MOETOPIC_CACHE overrules it. */
export function setCacheFolder(folder: string | null): void {
  chosenCache = folder;
}

/** Where downloads, converted models and embeddings are kept: MOETOPIC_CACHE, what was chosen, or the system's cache folder. */
export function cacheFolder(): string {
  const chosen = process.env.MOETOPIC_CACHE ?? chosenCache;
  if (chosen) return chosen;
  if (process.platform === 'win32')
    return path.join(
      process.env.LOCALAPPDATA ?? path.join(homedir(), 'AppData', 'Local'),
      'MoETopic',
      'Cache',
    );
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'MoETopic');
  return path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'moetopic');
}

/** The version in package.json. */
export function packageVersion(): string {
  const text = readFileSync(path.join(packageRoot, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Bytes of all files in a folder, at any depth; 0 where there is none. Files that vanish meanwhile don't count. */
export async function folderBytes(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(
    names.map((name) =>
      stat(path.join(folder, name)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
