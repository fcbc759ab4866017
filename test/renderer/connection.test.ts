import { describe, expect, it, vi } from 'vitest';
import { encode } from '../../app/wire.ts';
import type { ClientMessage } from '../../core/protocol.ts';
import { engineError } from '../../renderer/client/client.ts';
import { Connection } from '../../renderer/client/connection.ts';
import { decode } from '../../renderer/client/wire.ts';

describe('a connection', () => {
  it('keeps what is asked until the line is up, then matches answers to questions', async () => {
    const connection = new Connection();
    const sent: ClientMessage[] = [];
    const first = connection.request('app.log', {});
    const second = connection.request('doctor', {});
    connection.attach((message) => sent.push(message));
    expect(sent.map((message) => message.id)).toEqual([1, 2]);
    connection.receive({ type: 'result', id: 2, result: { cores: 2 } });
    connection.receive({
      type: 'error',
      id: 1,
      error: { name: 'E', message: 'No.', code: 'input', exitStatus: 3 },
    });
    await expect(second).resolves.toEqual({ cores: 2 });
    await expect(first).rejects.toMatchObject({ code: 'input', message: 'No.' });
  });

  it('passes progress on and sends a cancel when its signal is aborted', () => {
    const connection = new Connection();
    const sent: ClientMessage[] = [];
    connection.attach((message) => sent.push(message));
    const cancel = new AbortController();
    const onProgress = vi.fn();
    void connection.request('doctor', {}, { signal: cancel.signal, onProgress }).catch(() => undefined);
    connection.receive({
      type: 'progress',
      id: 1,
      progress: { kind: 'progress', stage: 'embed', fraction: 0.5 },
    });
    cancel.abort();
    expect(onProgress).toHaveBeenCalledOnce();
    expect(sent.at(-1)).toEqual({ type: 'cancel', id: 1 });
  });

  it('fails everything in flight when the line is cut, and goes on with the next one', async () => {
    const connection = new Connection();
    connection.attach(() => undefined);
    const lost = connection.request('doctor', {});
    connection.lost(engineError('lost', 'Gone.'));
    await expect(lost).rejects.toMatchObject({ code: 'lost' });
    const later = connection.request('doctor', {});
    const sent: ClientMessage[] = [];
    connection.attach((message) => sent.push(message));
    connection.receive({ type: 'result', id: sent[0].id, result: 7 });
    await expect(later).resolves.toBe(7);
  });
});

describe('the wire', () => {
  it('carries typed arrays (and views into larger ones) unharmed, and text that looks like them', () => {
    const large = Float32Array.from({ length: 100 }, (_, i) => i / 3);
    const message = {
      x: large.subarray(10, 20),
      topic: Int32Array.of(-1, 0, 7),
      date: Float64Array.of(NaN, 1.6e12),
      flags: Uint8Array.of(1, 0),
      text: '{"$":"f32"} <img src=x onerror=alert(1)> \u0000 🦆 שלום',
    };
    expect(decode(encode(message))).toEqual({ ...message, x: large.slice(10, 20) });
  });
});
