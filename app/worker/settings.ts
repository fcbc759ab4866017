import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { InputError, UsageError } from '../../core/base/errors.ts';
import { setCacheFolder, writeAtomically } from '../../core/index.ts';

const shape = z.object({
  /** null: the system's cache folder. */
  cacheFolder: z.string().nullable().default(null),
  /** Embeddings are taken out of the cache above this; null: never. */
  cacheLimit: z.number().min(0).nullable().default(20e9),
});
type Values = z.output<typeof shape>;

/** What a person set that the engine must know before a window asks: a file in the app's own folder. */
export class Settings {
  private values: Values;
  private readonly file: string;

  constructor(folder: string) {
    this.file = path.join(folder, 'settings.json');
    this.values = read(this.file);
    setCacheFolder(this.values.cacheFolder);
  }

  get cacheLimit(): number | null {
    return this.values.cacheLimit;
  }

  /** Whether the environment says where the cache is, so that nothing here can. */
  get cacheIsFixed(): boolean {
    return Boolean(process.env.MOETOPIC_CACHE);
  }

  /** @throws UsageError or InputError for a folder that can't be the cache; nothing is changed then. */
  async change(change: Partial<Values>): Promise<void> {
    const { cacheFolder } = change;
    if (cacheFolder !== undefined) {
      if (this.cacheIsFixed)
        throw new UsageError(
          'The environment variable MOETOPIC_CACHE says where the cache is; unset it to choose a folder here.',
        );
      if (cacheFolder !== null) checkFolder(cacheFolder);
    }
    const next = { ...this.values, ...change };
    await writeAtomically(this.file, (temporary) => writeFile(temporary, JSON.stringify(next, null, 2)));
    this.values = next;
    setCacheFolder(next.cacheFolder);
  }
}

function read(file: string): Values {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // A broken file is as good as none: everything in it can be set again.
    return shape.parse({});
  }
}

function checkFolder(folder: string): void {
  if (!path.isAbsolute(folder))
    throw new UsageError(`${folder} is no whole path; name the cache folder from the root or the drive on.`);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new InputError(
      `${folder} can't be the cache: ${(cause as Error).message}; choose a folder that may be written to.`,
      { cause },
    );
  }
}
