import { describe, expect, it } from 'vitest';
import { Hub } from '../../app/hub.ts';
import type { Engine, Line } from '../../app/hub.ts';
import type { ClientMessage, EngineMessage } from '../../core/protocol.ts';

/** An engine that remembers what it was asked and answers when told to. */
function silentEngine(): { engine: Engine; asked: ClientMessage[]; answer: (id: number, m: object) => void } {
  const asked: ClientMessage[] = [];
  const emits = new Map<number, (message: EngineMessage) => void>();
  return {
    asked,
    engine: {
      request: (message, emit) => {
        asked.push(message);
        if (message.type === 'request') emits.set(message.id, emit);
      },
      close: async () => undefined,
    },
    answer: (id, message) => emits.get(id)?.({ ...message, id } as EngineMessage),
  };
}

function connect(hub: Hub): { line: Line; heard: EngineMessage[] } {
  const heard: EngineMessage[] = [];
  return { line: hub.connect((message) => heard.push(message)), heard };
}

const ask = (id: number, method: string): object => ({ type: 'request', id, method, params: {} });
const progress = { type: 'progress', progress: { kind: 'progress', stage: 'embed', fraction: 0.4 } };

describe('the hub', () => {
  it('keeps the numbers of two lines apart', () => {
    const { engine, asked, answer } = silentEngine();
    const hub = new Hub(engine);
    const [a, b] = [connect(hub), connect(hub)];
    a.line.receive(ask(1, 'doctor'));
    b.line.receive(ask(1, 'app.log'));
    answer(asked[1].id, { type: 'result', result: 'b' });
    answer(asked[0].id, { type: 'result', result: 'a' });
    expect(a.heard).toEqual([{ type: 'result', id: 1, result: 'a' }]);
    expect(b.heard).toEqual([{ type: 'result', id: 1, result: 'b' }]);
  });

  it('knows that a run that nobody watches any more failed, after a crash too', () => {
    for (const [end, failed] of [
      [{ type: 'error', error: { message: 'no', exitStatus: 1 } }, true],
      [{ type: 'result', result: 'done' }, false],
    ] as const) {
      const { engine, asked, answer } = silentEngine();
      const hub = new Hub(engine);
      hub.recover({ request: {}, out: 'ng', place: { stage: 'embed', fraction: 0.4 }, crashes: [] });
      expect(hub.failed).toBe(false);
      answer(asked[0].id, end);
      expect([hub.running, hub.failed]).toEqual([false, failed]);
    }
    const again = new Hub(silentEngine().engine);
    const place = { stage: 'embed', fraction: 0.4 } as const;
    again.recover({ request: {}, out: 'ng', place, crashes: [place] });
    expect(again.failed).toBe(true);
  });

  it('cancels what a closed line asked for, but lets its run go on and hands it to the next', () => {
    const { engine, asked, answer } = silentEngine();
    const hub = new Hub(engine);
    const a = connect(hub);
    a.line.receive(ask(1, 'run.start'));
    a.line.receive(ask(2, 'doctor'));
    const [run, doctor] = asked.map((message) => message.id);
    answer(run, progress);
    a.line.close();
    expect(asked.slice(2)).toEqual([{ type: 'cancel', id: doctor }]);
    expect(hub.running).toBe(true);

    const b = connect(hub);
    b.line.receive(ask(9, 'run.attach'));
    expect(b.heard).toEqual([{ ...progress, id: 9 }]);
    answer(run, { type: 'result', result: 'done' });
    expect(b.heard.at(-1)).toEqual({ type: 'result', id: 9, result: 'done' });
    expect(a.heard.some((message) => message.type === 'result')).toBe(false);
    expect(hub.running).toBe(false);
  });

  it('lets what is being written come to its end, whoever leaves', () => {
    const { engine, asked, answer } = silentEngine();
    const changes: boolean[] = [];
    const hub: Hub = new Hub(engine, () => changes.push(hub.writing));
    const a = connect(hub);
    const ask = (id: number, method: string, params: object): void =>
      a.line.receive({ type: 'request', id, method, params });
    ask(1, 'export', { format: 'zip', path: '/out.zip' });
    ask(2, 'topics.apply', { operation: {} });
    // For a page to download, that is not there any more; and an answer that nobody waits for.
    ask(3, 'export', { format: 'zip', path: null });
    ask(4, 'quality', {});
    const [zip, apply, download, quality] = asked.map(({ id }) => id);
    a.line.close();
    expect(asked.slice(4).map(({ id }) => id)).toEqual([download, quality]);
    expect(hub.writing).toBe(true);
    answer(zip, { type: 'result', result: {} });
    expect(hub.writing).toBe(true);
    answer(apply, { type: 'error', error: {} });
    expect(hub.writing).toBe(false);
    expect(changes).toEqual([true, true, true, false]);
    expect(a.heard).toEqual([]);
  });

  it('keeps the end of a run that nobody saw', () => {
    const { engine, asked, answer } = silentEngine();
    const hub = new Hub(engine);
    const a = connect(hub);
    a.line.receive(ask(1, 'run.start'));
    a.line.close();
    answer(asked[0].id, { type: 'result', result: 'done' });
    const b = connect(hub);
    b.line.receive(ask(1, 'run.attach'));
    expect(b.heard).toEqual([{ type: 'result', id: 1, result: 'done' }]);
    b.line.receive(ask(2, 'run.attach'));
    expect(b.heard.at(-1)).toEqual({ type: 'result', id: 2, result: null });
  });

  it('lets whoever watches a run cancel it, and refuses a second one', () => {
    const { engine, asked } = silentEngine();
    const hub = new Hub(engine);
    const [a, b] = [connect(hub), connect(hub)];
    a.line.receive(ask(1, 'run.start'));
    b.line.receive(ask(5, 'run.attach'));
    b.line.receive(ask(6, 'run.start'));
    expect(b.heard).toMatchObject([{ type: 'error', id: 6, error: { code: 'busy' } }]);
    b.line.receive({ type: 'cancel', id: 5 });
    expect(asked.at(-1)).toEqual({ type: 'cancel', id: asked[0].id });
    a.line.receive({ type: 'cancel', id: 1 });
    expect(asked.at(-1)).toEqual({ type: 'cancel', id: asked[0].id });
  });

  it('begins a run again after a crash, in its folder, and hands it to the next line', () => {
    const { engine, asked, answer } = silentEngine();
    const first = new Hub(engine);
    const a = connect(first);
    a.line.receive({ type: 'request', id: 1, method: 'run.start', params: { source: 's', out: null } });
    answer(asked[0].id, { type: 'partial', partial: { out: '/runs/s' } });
    answer(asked[0].id, progress);
    const note = first.note!;
    expect(note).toMatchObject({ out: '/runs/s', place: { stage: 'embed', fraction: 0.4 }, crashes: [] });

    const second = new Hub(engine);
    second.recover(note);
    expect(asked[1]).toMatchObject({ method: 'run.start', params: { source: 's', out: '/runs/s' } });
    const b = connect(second);
    b.line.receive(ask(3, 'run.attach'));
    answer(asked[1].id, { type: 'result', result: 'done' });
    expect(b.heard).toEqual([{ type: 'result', id: 3, result: 'done' }]);
    expect(second.note).toBeNull();
  });

  it('ends a run that crashes twice at the same place, or wherever it goes', () => {
    const { engine, asked } = silentEngine();
    const place = (fraction: number) => ({ stage: 'embed' as const, fraction });
    const note = { request: { source: 's' }, out: '/runs/s', place: place(0.41), crashes: [place(0.4)] };
    const hub = new Hub(engine);
    hub.recover(note);
    expect(asked).toEqual([]);
    expect(hub.note).toBeNull();
    const { line, heard } = connect(hub);
    line.receive(ask(1, 'run.attach'));
    expect(heard).toMatchObject([
      {
        type: 'error',
        id: 1,
        error: { message: expect.stringContaining('twice at the same place') as string },
      },
    ]);

    // Further on each time it is begun again, but not forever.
    const moving = new Hub(engine);
    moving.recover({ ...note, place: place(0.6) });
    expect(moving.note!.crashes).toHaveLength(2);
    moving.recover({ ...note, place: place(0.9), crashes: [0.1, 0.2, 0.3, 0.4].map(place) });
    expect(moving.note).toBeNull();
  });

  it('ignores what is no message', () => {
    const { engine, asked } = silentEngine();
    const { line } = connect(new Hub(engine));
    for (const bad of [
      null,
      7,
      'x',
      {},
      { type: 'request', id: 'one', method: 'doctor' },
      { type: 'evil', id: 1 },
    ])
      line.receive(bad);
    expect(asked).toEqual([]);
  });
});
