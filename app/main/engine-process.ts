import { MessageChannelMain, utilityProcess } from 'electron';
import type { BrowserWindow, UtilityProcess } from 'electron';
import type { FromWorker, ToWorker } from '../channels.ts';
import { portChannel } from '../channels.ts';
import type { Log } from './log.ts';

/**
 * The engine's process: started with the app; every window gets a line to it. When it crashes another one is started, which goes on with
 * the runs of the one before.
 */
export class EngineProcess {
  private runs: FromWorker['runs'] = [];
  private writing = false;
  private child: UtilityProcess | null = null;
  private stopping = false;
  private crashes: number[] = [];
  private readonly windows = new Set<BrowserWindow>();

  constructor(
    private readonly script: string,
    private readonly dataFolder: string,
    private readonly log: Log,
    /** Nothing is under way any more; `run` says how one ended, null where it was something else. */
    private readonly onIdle: (run: 'done' | 'failed' | null) => void,
    private readonly onHopeless: () => void,
  ) {
    this.start();
  }

  get running(): boolean {
    return this.runs.length > 0;
  }

  /** Whether it has to go on without windows: a run, or something that is being written. */
  get busy(): boolean {
    return this.running || this.writing;
  }

  /** A new line for a window (also after its page was loaded again). */
  connect(window: BrowserWindow): void {
    if (window.isDestroyed() || !this.child) return;
    const { port1, port2 } = new MessageChannelMain();
    this.post({ type: 'open', window: window.id }, port1);
    window.webContents.postMessage(portChannel, null, [port2]);
    if (this.windows.has(window)) return;
    this.windows.add(window);
    const { id } = window;
    window.once('closed', () => {
      this.windows.delete(window);
      this.post({ type: 'close', window: id });
    });
  }

  /** Closes every project properly, whatever is being written first; gives up waiting after some seconds without that. */
  async stop(): Promise<void> {
    const { child } = this;
    this.stopping = true;
    if (!child) return;
    await new Promise<void>((resolve) => {
      let secondsLeft = 5;
      const timer = setInterval(() => {
        if (this.writing || --secondsLeft > 0) return;
        clearInterval(timer);
        child.kill();
        resolve();
      }, 1000);
      child.once('exit', () => {
        clearInterval(timer);
        resolve();
      });
      this.post({ type: 'stop' });
    });
  }

  private start(): void {
    const child = utilityProcess.fork(this.script, [this.dataFolder], {
      serviceName: 'MoETopic engine',
      stdio: 'pipe',
    });
    this.child = child;
    child.stdout?.on('data', (data: Buffer) => this.log.write(`engine: ${data.toString()}`));
    child.stderr?.on('data', (data: Buffer) => this.log.write(`engine: ${data.toString()}`));
    child.on('message', (message: FromWorker) => {
      if (message.type !== 'runs') return;
      const { busy, running } = this;
      this.runs = message.runs;
      this.writing = message.writing;
      if (busy && !this.busy) this.onIdle(running ? (message.failed ? 'failed' : 'done') : null);
    });
    child.once('exit', (code) => this.ended(code));
    this.log.write('engine started');
  }

  private ended(code: number): void {
    this.child = null;
    const { runs } = this;
    this.runs = [];
    this.writing = false;
    if (this.stopping) return;
    this.log.write(`engine stopped with status ${code}; starting it again`);
    const now = Date.now();
    this.crashes = [...this.crashes.filter((time) => now - time < 60_000), now];
    // An engine that can't even start would be started forever.
    if (this.crashes.length > 3) return this.onHopeless();
    this.start();
    const open = new Set([...this.windows].map(({ id }) => id));
    // Kept until the new process tells of its own, so that nobody takes the run for ended meanwhile.
    this.runs = runs;
    for (const { window, run } of runs)
      this.post({ type: 'recover', window: window !== null && open.has(window) ? window : null, run });
    for (const window of this.windows) this.connect(window);
  }

  private post(message: ToWorker, port?: Electron.MessagePortMain): void {
    this.child?.postMessage(message, port ? [port] : []);
  }
}
