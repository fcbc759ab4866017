import { existsSync } from 'node:fs';
import { realpath, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../base/errors.ts';
import { makeFolder } from '../base/make-folder.ts';
import type { Corpus } from '../stages.ts';
import { loadCorpus, saveCorpus } from './corpus.ts';
import { Database, explain } from './database.ts';
import { getEntry, putEntry, removeEntry, removeGarbage } from './entries.ts';
import { corpusKey, digest } from './hash.ts';
import { appendLog, history, readLog, type HistoryEntry, type LogLine, type OperationRecord } from './log.ts';
import { isAlive, ownedBy, readOwner, takeOwnership } from './owner.ts';
import { folderForProject, noProject } from './refusals.ts';
import { getMeta, prepareSchema, setMeta } from './schema.ts';
import { getState, putCurrent, putFit, type StoredState } from './state.ts';

export interface OpenOptions {
  /** Makes the file when it isn't there. */
  readonly create?: boolean;
  /** Several readers may share a project that nobody writes. */
  readonly readOnly?: boolean;
  /** Most memory that the database may take. */
  readonly memoryLimitMb?: number;
}

/** Paths that this process has open: DuckDB would let it open a file twice and then corrupt it. */
const openHere = new Set<string>();

/**
 * Opens a project file. One process owns it at a time; what a killed owner left is taken over and is whole.
 * @throws InputError: no such project, not a project, a newer format, or open elsewhere (the owner's process id is named)
 */
export async function openProject(file: string, options: OpenOptions = {}): Promise<Project> {
  const readOnly = options.readOnly ?? false;
  if (!existsSync(file)) {
    if (!options.create) throw noProject(file);
    await makeFolder(path.dirname(file));
  } else if ((await stat(file)).isDirectory()) throw folderForProject(file);
  // Two names of one file have one owner.
  const real = existsSync(file)
    ? await realpath(file)
    : path.join(await realpath(path.dirname(path.resolve(file))), path.basename(file));
  if (openHere.has(real)) throw ownedBy(file, process.pid);
  openHere.add(real);
  let release = async (): Promise<void> => undefined;
  let db: Database | null = null;
  try {
    const owner = await readOwner(real);
    if (readOnly && owner !== null && isAlive(owner)) throw ownedBy(file, owner.pid);
    if (!readOnly) release = await takeOwnership(real);
    db = await Database.open(real, { readOnly, memoryLimitMb: options.memoryLimitMb ?? 512 });
    const opened = db;
    await db.exclusive(() => prepareSchema(opened));
    if (!readOnly) await db.exclusive(() => removeGarbage(opened));
    return new Project(db, async () => {
      openHere.delete(real);
      await rm(`${real}.tmp`, { recursive: true, force: true });
      await release();
    });
  } catch (error) {
    db?.close();
    openHere.delete(real);
    await release();
    throw explain(file, error);
  }
}

/** An open project. Every method that writes is one transaction: after a crash it has happened or it hasn't. */
export class Project {
  private closed = false;

  constructor(
    private readonly db: Database,
    private readonly release: () => Promise<void>,
  ) {}

  get path(): string {
    return this.db.path;
  }

  get readOnly(): boolean {
    return this.db.readOnly;
  }

  /** Waits for running requests, writes everything into the one file and gives the ownership back. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.db.exclusive(async () => this.db.close());
    await this.release();
  }

  saveCorpus(corpus: Corpus): Promise<void> {
    return this.write(async () => {
      await saveCorpus(this.db, corpus);
      await setMeta(this.db, 'corpusKey', corpusKey(corpus));
    });
  }

  /** Null when no corpus was saved yet. */
  loadCorpus(): Promise<Corpus | null> {
    return this.db.exclusive(() => loadCorpus(this.db));
  }

  /** `corpusKey` of the saved corpus, without reading it; null when there is none. */
  savedCorpusKey(): Promise<string | null> {
    return this.meta<string>('corpusKey');
  }

  /** Keeps a stage's result (plain objects, JSON scalars, typed arrays) under its `stageKey`; older ones of the stage go. */
  putResult(stage: string, key: string, value: unknown): Promise<void> {
    return this.db.exclusive(async () => {
      await putEntry(this.db, `result:${stage}`, key, value, async () => {
        for (const [old] of await this.db.rows<[string]>(
          'SELECT entry_key FROM entries WHERE scope = ? AND entry_key <> ?',
          [`result:${stage}`, key],
        ))
          await removeEntry(this.db, `result:${stage}`, old);
      });
    });
  }

  /** A kept result, or undefined when its inputs, parameters or version were others. */
  getResult<T>(stage: string, key: string): Promise<T | undefined> {
    return this.db.exclusive(() => getEntry(this.db, `result:${stage}`, key) as Promise<T | undefined>);
  }

  /** The key and value of whatever result of a stage is kept. */
  latestResult<T>(stage: string): Promise<{ key: string; value: T } | undefined> {
    return this.db.exclusive(async () => {
      const scope = `result:${stage}`;
      const [found] = await this.db.rows<[string]>('SELECT entry_key FROM entries WHERE scope = ?', [scope]);
      if (found === undefined) return undefined;
      return { key: found[0], value: (await getEntry(this.db, scope, found[0])) as T };
    });
  }

  /** The run's manifest: parameters, versions, device, seconds. */
  saveManifest(manifest: Record<string, unknown>): Promise<void> {
    return this.write(() => setMeta(this.db, 'manifest', manifest));
  }

  manifest(): Promise<Record<string, unknown> | null> {
    return this.meta<Record<string, unknown>>('manifest');
  }

  /** Any JSON-able setting of the project (a view's state, notes). */
  putSetting(name: string, value: unknown): Promise<void> {
    return this.write(() => setMeta(this.db, `setting:${name}`, value));
  }

  setting<T>(name: string): Promise<T | null> {
    return this.meta<T>(`setting:${name}`);
  }

  /**
   * A run's outcome: the state where undo starts. The history before it ends here, unless it began at the same state: the
   * same run again takes nobody's edits away.
   */
  saveFit(state: StoredState, text = 'fit', at: string | null = null): Promise<void> {
    return this.change([{ kind: 'fit', operation: null, text, at }], state);
  }

  /** An operation and the state after it, together. */
  commitOperation(
    operation: OperationRecord,
    text: string,
    state: StoredState,
    at: string | null = null,
  ): Promise<void> {
    return this.commitOperations([{ operation, text }], state, at);
  }

  /** Several operations and the state after the last, together. */
  commitOperations(
    operations: readonly { readonly operation: OperationRecord; readonly text: string }[],
    state: StoredState,
    at: string | null = null,
  ): Promise<void> {
    return this.change(
      operations.map(({ operation, text }) => ({ kind: 'operation', operation, text, at })),
      state,
    );
  }

  /** Takes the last operation in force back; `state` is what replaying the others gives. */
  commitUndo(state: StoredState, at: string | null = null): Promise<void> {
    return this.change([{ kind: 'undo', operation: null, text: '', at }], state);
  }

  /** Does the last undone operation again; `state` is what replaying it gives. */
  commitRedo(state: StoredState, at: string | null = null): Promise<void> {
    return this.change([{ kind: 'redo', operation: null, text: '', at }], state);
  }

  /** Operations since the last fit, oldest first; the undone ones that can be redone come last. */
  operations(): Promise<HistoryEntry[]> {
    return this.db.exclusive(async () => history(await readLog(this.db)));
  }

  /** The whole append-only log, undo and redo included. */
  log(): Promise<LogLine[]> {
    return this.db.exclusive(() => readLog(this.db));
  }

  /** The state now; undefined before the first fit. */
  state<T extends StoredState = StoredState>(): Promise<T | undefined> {
    return this.db.exclusive(() => getState(this.db, 'current') as Promise<T | undefined>);
  }

  /** The state as the run fitted it, where replaying starts. */
  fittedState<T extends StoredState = StoredState>(): Promise<T | undefined> {
    return this.db.exclusive(() => getState(this.db, 'fit') as Promise<T | undefined>);
  }

  /**
   * sha256 of the corpus and the current state as read back from the file: the log, the manifest (it holds seconds) and
   * the rows' order in the file don't count.
   */
  canonicalHash(): Promise<string> {
    return this.db.exclusive(async () => {
      const corpus = await loadCorpus(this.db);
      return digest([1, corpus && corpusKey(corpus), await getState(this.db, 'current')]);
    });
  }

  private change(lines: readonly Omit<LogLine, 'entry'>[], state: StoredState): Promise<void> {
    return this.db.exclusive(async () => {
      const [{ kind }] = lines;
      const past = history(await readLog(this.db));
      if (kind === 'undo' && past.every((entry) => entry.undone))
        throw new InputError('There is no operation to undo.');
      if (kind === 'redo' && !past.some((entry) => entry.undone))
        throw new InputError('There is no undone operation to redo.');
      if (kind === 'fit') {
        const before = await getState(this.db, 'fit');
        if (before !== undefined && digest(before) === digest(state)) return;
      }
      const append = async (): Promise<void> => {
        for (const line of lines) await appendLog(this.db, line);
      };
      await (kind === 'fit' ? putFit : putCurrent)(this.db, state, append);
    });
  }

  private meta<T>(name: string): Promise<T | null> {
    return this.db.exclusive(() => getMeta<T>(this.db, name));
  }

  private write<T>(work: () => Promise<T>): Promise<T> {
    return this.db.exclusive(() => this.db.transaction(work));
  }
}
