import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { InputError } from '../base/errors.ts';

/** Who has a project open. It lies beside the project (`x.moetopic.owner`), because DuckDB's own lock keeps others from reading inside. */
export interface OwnerRecord {
  readonly pid: number;
  readonly host: string;
  /** The kernel's start time of that process, so that a reused id is no owner; null where the system doesn't tell. */
  readonly started: string | null;
}

/**
 * Makes this process the owner of a project. A record left by a process that is gone (kill -9, power cut) is taken over.
 * Two processes that take over at the same instant are told apart by DuckDB's lock on the file itself.
 * @returns gives the ownership back
 * @throws InputError naming the owner's process id
 */
export async function takeOwnership(project: string): Promise<() => Promise<void>> {
  const file = `${project}.owner`;
  const own: OwnerRecord = { pid: process.pid, host: hostname(), started: processStart(process.pid) };
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(own));
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        // A hard link appears whole or not at all and never replaces another's record.
        await link(draft, file);
        break;
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (code !== 'EEXIST') {
          // File systems without hard links (FAT, some network shares).
          await writeFile(file, JSON.stringify(own), { flag: 'wx' });
          break;
        }
      }
      const other = await readOwner(project);
      if (other !== null && isAlive(other)) throw ownedBy(project, other.pid);
      if (attempt > 3)
        throw new InputError(`Can't take over ${file} from a process that is gone; delete that file.`);
      await rm(file, { force: true });
    }
  } finally {
    await rm(draft, { force: true });
  }
  return () => rm(file, { force: true });
}

/** The sentence a second opener reads. */
export function ownedBy(project: string, pid: number | string): InputError {
  return new InputError(
    `${project} is open in another process (process id ${pid}); close it there, or wait until it is done.`,
    { code: 'owned' },
  );
}

/** The record beside a project; null where there is none or it isn't whole. */
export async function readOwner(project: string): Promise<OwnerRecord | null> {
  try {
    const record = JSON.parse(await readFile(`${project}.owner`, 'utf8')) as Partial<OwnerRecord>;
    if (typeof record.pid !== 'number') return null;
    return { pid: record.pid, host: record.host ?? '', started: record.started ?? null };
  } catch {
    return null;
  }
}

/** Another machine's processes can't be asked: there DuckDB's lock on the file decides. */
export function isAlive(owner: OwnerRecord): boolean {
  if (owner.host !== hostname()) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: it lives and is another person's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const started = processStart(owner.pid);
  return started === null || owner.started === null || started === owner.started;
}

/** Field 22 of /proc/PID/stat (proc(5)); the second field may hold spaces, so fields count from its closing bracket. */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie holds nothing open any more.
    return fields[0] === 'Z' ? 'gone' : (fields[19] ?? null);
  } catch {
    return null;
  }
}
