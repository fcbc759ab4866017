import { homedir } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../../core/base/errors.ts';
import { packageRoot } from '../../../core/base/paths.ts';
import { Session } from '../../../core/index.ts';
import { startServer } from '../../server/index.ts';
import { ForkedEngine } from '../../server/forked-engine.ts';
import { projectFile } from '../session.ts';
import { tell } from '../terminal.ts';

/** moetopic serve [PROJECT]: the app in a browser, behind a one-time token. */
export function addServe(program: Command): Command {
  return program
    .command('serve [project]')
    .description('the app in a browser, behind a one-time token')
    .option('--port <n>', 'port; 0 takes a free one', '0')
    .option('--host <address>', 'address to listen on; the default is this machine only', '127.0.0.1')
    .option('--open', 'open the browser')
    .action(async (project: string | undefined, options: { port: string; host: string; open?: boolean }) => {
      const port = Number(options.port);
      if (!Number.isInteger(port) || port < 0 || port > 65535)
        throw new UsageError(`--port ${options.port} is no port; give a number up to 65535.`);
      const file = project === undefined ? undefined : projectFile(project);
      // What is wrong with it is better said here than by a window that can't show it.
      if (file !== undefined) await Session.check(file);
      const engine = new ForkedEngine(path.join(packageRoot, 'dist', 'engine.js'), dataFolder(), tell);
      const { url, close } = await startServer({
        engine,
        port,
        host: options.host,
        open: options.open ?? false,
        project: file,
      });
      process.stdout.write(`${url}\n`);
      await new Promise<void>((resolve) => {
        process.once('SIGINT', resolve);
        process.once('SIGTERM', resolve);
      });
      await close();
      await engine.close();
    });
}

/** Where the served app keeps its projects: MOETOPIC_DATA, or a folder of the user's. */
function dataFolder(): string {
  return process.env.MOETOPIC_DATA ?? path.join(homedir(), '.moetopic');
}
