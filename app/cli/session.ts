import { statSync, existsSync } from 'node:fs';
import path from 'node:path';
import { resultFiles, Session } from '../../core/index.ts';

/** Opens a project, named by its file or by the folder of its run, does the work, and closes it whatever happens. */
export async function withSession<T>(project: string, work: (session: Session) => Promise<T>): Promise<T> {
  const folder = existsSync(project) && statSync(project).isDirectory();
  const session = await Session.open(folder ? path.join(project, resultFiles.project) : project);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
