import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../app/hub.ts';
import { Pages, type Engines } from '../../app/server/pages.ts';
import type { EngineMessage } from '../../core/protocol.ts';

/** Engines that answer with their number; a run ends when told to. */
function engines(): { host: Engines; closed: number[]; endRun: (engine: number) => void } {
  const closed: number[] = [];
  const runs = new Map<number, () => void>();
  let made = 0;
  const make = (): Engine => {
    const number = made++;
    return {
      request: (message, emit) => {
        if (message.type !== 'request') return;
        const answer = (): void => emit({ type: 'result', id: message.id, result: number });
        if (message.method === 'run.start') runs.set(number, answer);
        else answer();
      },
      close: () => Promise.resolve(void closed.push(number)),
    };
  };
  return { host: { ...make(), another: make }, closed, endRun: (engine) => runs.get(engine)!() };
}

function visit(pages: Pages, name: string) {
  const heard: EngineMessage[] = [];
  const line = pages.connect(name, (message) => heard.push(message));
  let id = 0;
  const ask = (method: string): unknown => {
    line.receive({ type: 'request', id: ++id, method, params: {} });
    const last = heard.at(-1);
    return last?.type === 'result' && last.id === id ? last.result : undefined;
  };
  return { ask, heard, close: () => line.close() };
}

describe('the pages of a server', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('have an engine each, which a reload finds again and nobody keeps for ever', () => {
    const { host, closed } = engines();
    const pages = new Pages(host, () => undefined);
    const [first, second] = [visit(pages, 'a'), visit(pages, 'b')];
    expect([first.ask('topics.list'), second.ask('topics.list')]).toEqual([1, 2]);
    first.close();
    vi.advanceTimersByTime(20_000);
    const again = visit(pages, 'a');
    vi.advanceTimersByTime(60_000);
    expect(again.ask('topics.list')).toBe(1);
    expect(closed).toEqual([]);
    again.close();
    vi.advanceTimersByTime(60_000);
    expect(closed).toEqual([1]);
    expect(visit(pages, 'a').ask('topics.list')).toBe(3);
    expect(second.ask('topics.list')).toBe(2);
  });

  it('leave a run behind that a new page takes over, under way or ended', () => {
    const { host, closed, endRun } = engines();
    const pages = new Pages(host, () => undefined);
    const first = visit(pages, 'a');
    first.ask('run.start');
    const beside = visit(pages, 'b');
    expect(beside.ask('run.attach')).toBeNull();
    first.close();
    vi.advanceTimersByTime(60_000);
    endRun(1);
    const next = visit(pages, 'c');
    expect(next.ask('run.attach')).toBe(1);
    expect(next.ask('topics.list')).toBe(1);
    expect(closed).toEqual([]);
  });
});
