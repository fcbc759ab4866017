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
  // A large project takes seconds: the start screen in between would look like a failure.
  const named = projectInAddress();
  if (named !== null) set({ opening: named });
  void refreshInfo()
    .then(() => {
      set({ link: 'connected' });
      return attachRun();
    })
    .then(openFromAddress)
    .catch(report)
    .finally(() => set({ opening: null }));
  return () => {
    offLink();
    offCommand();
    client.close();
  };
}

/** `moetopic serve PROJECT` leads to an address that names it. */
async function openFromAddress(): Promise<void> {
  const named = inAddress();
  if (named !== null && !get().run) await openSource(named);
}

function inAddress(): string | null {
  const named = /^#open=(.+)$/.exec(window.location.hash);
  return named && decodeURIComponent(named[1]);
}

function projectInAddress(): string | null {
  const named = inAddress();
  return named?.endsWith('.moetopic') ? named : null;
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
