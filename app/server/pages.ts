import type { EngineMessage } from '../../core/protocol.ts';
import { Hub } from '../hub.ts';
import type { Engine, Line } from '../hub.ts';

/** An engine that hosts others beside each other, one a page: pages on two projects must not answer for each other. */
export interface Engines extends Engine {
  /** One more of them, which closes alone; without it all pages share the one. */
  another?(): Engine;
}

interface Host {
  readonly engine: Engine;
  readonly hub: Hub;
  lines: number;
  leaving: NodeJS.Timeout | null;
}

/** A page that is loaded again is back within moments, one whose line was cut within some seconds. */
const graceMs = 30_000;

/**
 * The pages of a server, each with its project and its run. A reloaded page finds its own again; a new one takes over a run
 * whose page was closed.
 */
export class Pages {
  private readonly hosts = new Map<string, Host>();

  constructor(
    private readonly engines: Engines,
    private readonly onAnswer: (method: string, message: EngineMessage) => void,
  ) {}

  /** @param page what the page calls itself, the same after a reload */
  connect(page: string, send: (message: EngineMessage) => void): Line {
    const host = this.hosts.get(page) ?? this.takeOver(page) ?? this.open(page);
    if (host.leaving) clearTimeout(host.leaving);
    host.leaving = null;
    host.lines++;
    const line = host.hub.connect(send);
    return {
      receive: (raw) => line.receive(raw),
      close: () => {
        line.close();
        if (--host.lines === 0) this.leave(host);
      },
    };
  }

  /** Goes on with the runs that a crash of the engines' process cut off. Their lines are to be closed before. */
  recover(): void {
    for (const { hub } of this.hosts.values()) if (hub.note) hub.recover(hub.note);
  }

  private open(page: string): Host {
    const engine = this.engines.another?.() ?? this.engines;
    const host = { engine, hub: new Hub(engine, undefined, this.onAnswer), lines: 0, leaving: null };
    this.hosts.set(page, host);
    return host;
  }

  private takeOver(page: string): Host | undefined {
    for (const [left, host] of this.hosts) {
      if (host.lines > 0 || !host.hub.unseen) continue;
      this.hosts.delete(left);
      this.hosts.set(page, host);
      return host;
    }
    return undefined;
  }

  private leave(host: Host): void {
    host.leaving = setTimeout(() => {
      // A run that nobody watches, or whose end nobody saw, waits for a page.
      if (host.hub.unseen) return;
      for (const [page, other] of this.hosts) if (other === host) this.hosts.delete(page);
      if (host.engine !== this.engines) void host.engine.close();
    }, graceMs);
    host.leaving.unref();
  }
}
