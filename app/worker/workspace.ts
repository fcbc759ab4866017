import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../core/base/errors.ts';
import { Session, writeTextFile, type Prediction } from '../../core/index.ts';
import type { AppInfo } from '../../core/protocol.ts';

type Recent = AppInfo['recent'][number];

/** Sessions of this process by project path: the windows of one app share the owner of a project. */
const shared = new Map<string, { session: Session; users: number }>();

/** One window's place: its open project, and the app's own folder with recent projects. */
export class Workspace {
  private current: Session | null = null;
  /** What was predicted last of the open project's topics; the project itself knows nothing of it. */
  predicted: (Prediction & { readonly ids: readonly string[] }) | null = null;

  constructor(readonly dataFolder: string) {
    mkdirSync(dataFolder, { recursive: true });
  }

  /** The open project. @throws UsageError when there is none. */
  get session(): Session {
    if (this.current === null) throw new UsageError('No project is open; open one or run a corpus first.');
    return this.current;
  }

  async open(file: string): Promise<Session> {
    await this.close();
    const real = path.resolve(file);
    const known = shared.get(real);
    const entry = known ?? { session: await Session.open(real), users: 0 };
    entry.users++;
    shared.set(real, entry);
    this.current = entry.session;
    await this.remember(entry.session);
    return entry.session;
  }

  /** Works with another project beside the open one: one that a window has open already is shared with it. */
  async borrow<T>(file: string, work: (session: Session) => Promise<T>): Promise<T> {
    const real = path.resolve(file);
    const entry = shared.get(real) ?? { session: await Session.open(real), users: 0 };
    entry.users++;
    shared.set(real, entry);
    try {
      return await work(entry.session);
    } finally {
      if (--entry.users === 0) {
        shared.delete(real);
        await entry.session.close();
      }
    }
  }

  async close(): Promise<void> {
    const { current } = this;
    this.current = null;
    this.predicted = null;
    if (current === null) return;
    const entry = shared.get(current.path);
    if (entry && --entry.users === 0) {
      shared.delete(current.path);
      await current.close();
    }
  }

  /** A folder for a new run's results, named after the corpus. */
  newProjectFolder(name: string): string {
    const base = path.join(this.dataFolder, 'projects', name.replace(/[^\p{L}\p{N}._-]+/gu, '-') || 'corpus');
    for (let n = 1; ; n++) {
      const folder = n === 1 ? base : `${base}-${n}`;
      if (!existsSync(folder)) return folder;
    }
  }

  /** Recent projects that still exist, latest first. */
  recent(): Recent[] {
    try {
      const list = JSON.parse(readFileSync(this.recentFile, 'utf8')) as Recent[];
      return list.filter((entry) => existsSync(entry.path));
    } catch {
      return [];
    }
  }

  private async remember(session: Session): Promise<void> {
    const entry: Recent = {
      path: session.path,
      name: session.corpus.name,
      documents: session.corpus.ids.length,
      opened: new Date().toISOString(),
    };
    const list = [entry, ...this.recent().filter((other) => other.path !== entry.path)].slice(0, 20);
    await writeTextFile(this.recentFile, [JSON.stringify(list, null, 1)]);
  }

  private get recentFile(): string {
    return path.join(this.dataFolder, 'recent.json');
  }
}
