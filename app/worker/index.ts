/** The utility process that hosts the engine: one engine a window, and nothing here but the lines between them. */
import type { MessagePortMain, ParentPort } from 'electron';
import type { FromWorker, ToWorker } from '../channels.ts';
import { Hub } from '../hub.ts';
import type { Engine, Line } from '../hub.ts';
import type { RunNote } from '../resumption.ts';
import { createEngine } from './engine.ts';

const dataFolder = process.argv[2];
const parent = (process as unknown as { parentPort: ParentPort }).parentPort;

interface Host {
  engine: Engine;
  hub: Hub;
}

const hosts = new Map<number, Host>();
const lines = new Map<number, Line>();
/** Engines whose window closed in the middle of a run: the next window takes them over. */
const orphans: Host[] = [];
/** Engines that are being closed: they finish what they write. */
const closing = new Set<Host>();

function makeHost(): Host {
  const engine = createEngine({ dataFolder });
  return { engine, hub: new Hub(engine, report) };
}

function report(): void {
  const all: { window: number | null; host: Host }[] = [...closing].map((host) => ({ window: null, host }));
  for (const [window, host] of hosts) all.push({ window, host });
  for (const host of orphans) all.push({ window: null, host });
  const runs = all.flatMap(({ window, host: { hub } }) => (hub.note ? [{ window, run: hub.note }] : []));
  const writing = all.some(({ host: { hub } }) => hub.writing);
  const message: FromWorker = {
    type: 'runs',
    runs,
    writing,
    failed: all.some(({ host: { hub } }) => hub.failed),
  };
  parent.postMessage(message);
}

function recover(window: number | null, run: RunNote): void {
  const host = makeHost();
  if (window === null) orphans.push(host);
  else hosts.set(window, host);
  host.hub.recover(run);
}

function open(window: number, port: MessagePortMain): void {
  // A reloaded page asks again: its engine, its project and its run are still there.
  lines.get(window)?.close();
  const host = hosts.get(window) ?? orphans.shift() ?? makeHost();
  hosts.set(window, host);
  const line = host.hub.connect((message) => port.postMessage(message));
  lines.set(window, line);
  port.on('message', ({ data }) => line.receive(data));
  port.start();
}

function close(window: number): void {
  lines.get(window)?.close();
  lines.delete(window);
  const host = hosts.get(window);
  hosts.delete(window);
  if (!host) return;
  if (host.hub.running) {
    orphans.push(host);
    report();
    return;
  }
  closing.add(host);
  void host.engine.close().finally(() => {
    closing.delete(host);
    report();
  });
}

async function stop(): Promise<void> {
  await Promise.allSettled([...hosts.values(), ...orphans, ...closing].map(({ engine }) => engine.close()));
  process.exit(0);
}

parent.on('message', ({ data, ports }) => {
  const message = data as ToWorker;
  if (message.type === 'open') open(message.window, ports[0]);
  else if (message.type === 'recover') recover(message.window, message.run);
  else if (message.type === 'close') close(message.window);
  else void stop();
});
