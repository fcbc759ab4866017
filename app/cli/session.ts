import { statSync, existsSync } from 'node:fs';
import path from 'node:path';
import { noProject, resultFiles, Session } from '../../core/index.ts';

/** The project's file, named by itself or by the folder of its run. @throws InputError where there is none. */
export function projectFile(project: string): string {
  const folder = existsSync(project) && statSync(project).isDirectory();
  const file = folder ? path.join(project, resultFiles.project) : project;
  if (!existsSync(file)) throw noProject(project);
  return file;
}

/** Opens a project, named by its file or by the folder of its run, does the work, and closes it whatever happens. */
export async function withSession<T>(project: string, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await Session.open(projectFile(project));
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
