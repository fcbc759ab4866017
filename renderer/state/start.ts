import type { Client } from '../client/index.ts';
import { report } from './notices.ts';
import { runCommand } from './commands.ts';
import { openSource } from './corpus.ts';
import { setEngine } from './engine.ts';
import { refreshInfo, refreshProject } from './project.ts';
import { attachRun } from './run.ts';
import { get, set } from './store.ts';

/** Connects the window to its engine; after a lost line it finds its project and its run again. */
export function start(client: Client): () => void {
  setEngine(client);
  const offLink = client.onLink((state) => {
    if (state === 'lost') return set({ link: 'lost' });
    set({ link: 'connected' });
    if (state === 'restarted') void resume(client);
  });
  const offCommand = client.host.onCommand((command, argument) => runCommand(command, argument));
  void refreshInfo()
    .then(() => {
      set({ link: 'connected' });
      return attachRun();
    })
    .then(openFromAddress)
    .catch(report);
  return () => {
    offLink();
    offCommand();
    client.close();
  };
}

/** `moetopic serve PROJECT` leads to an address that names it. */
async function openFromAddress(): Promise<void> {
  const named = /^#open=(.+)$/.exec(window.location.hash);
  if (named && !get().run) await openSource(decodeURIComponent(named[1]));
}

async function resume(client: Client): Promise<void> {
  const open = get().project?.path;
  try {
    await refreshInfo();
    await attachRun();
    // What was looked at stays on the screen; only the engine behind it is a new one.
    if (open !== undefined && !get().run)
      await refreshProject(await client.request('project.open', { path: open }));
  } catch (error) {
    report(error);
  }
}
