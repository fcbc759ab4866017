import type { ClientMessage, EngineMessage, Method, Params, Results } from '../../core/protocol.ts';
import { EngineError, engineError } from './client.ts';
import type { LinkState, Listeners } from './client.ts';

interface Pending extends Listeners {
  resolve: (result: never) => void;
  reject: (error: Error) => void;
  detach: () => void;
}

/** The bookkeeping that all transports share: ids, answers, cancelling, and what happens when the line is cut. */
export class Connection {
  private next = 1;
  private readonly pending = new Map<number, Pending>();
  private readonly linkListeners = new Set<(state: LinkState) => void>();
  private waiting: ClientMessage[] | null = [];
  private send: (message: ClientMessage) => void = () => undefined;

  /** The line is up: what was asked meanwhile is sent. */
  attach(send: (message: ClientMessage) => void): void {
    this.send = send;
    const queue = this.waiting ?? [];
    this.waiting = null;
    for (const message of queue) send(message);
  }

  request<M extends Method>(
    method: M,
    params: Params<M>,
    { onProgress, onPartial, signal }: Listeners = {},
  ): Promise<Results[M]> {
    if (signal?.aborted) return Promise.reject(engineError('cancelled', 'Cancelled.'));
    const id = this.next++;
    return new Promise<Results[M]>((resolve, reject) => {
      const cancel = (): void => this.post({ type: 'cancel', id });
      signal?.addEventListener('abort', cancel, { once: true });
      const detach = (): void => signal?.removeEventListener('abort', cancel);
      this.pending.set(id, { resolve, reject, onProgress, onPartial, detach });
      this.post({ type: 'request', id, method, params });
    });
  }

  receive(message: EngineMessage): void {
    const pending = this.pending.get(message.id);
    if (!pending) return;
    if (message.type === 'progress') return pending.onProgress?.(message.progress);
    if (message.type === 'partial') return pending.onPartial?.(message.partial);
    this.pending.delete(message.id);
    pending.detach();
    if (message.type === 'result') pending.resolve(message.result as never);
    else pending.reject(new EngineError(message.error));
  }

  /** The line is cut: everything in flight fails with `reason`; new requests wait for `attach`. */
  lost(reason: EngineError): void {
    this.waiting ??= [];
    for (const pending of this.pending.values()) {
      pending.detach();
      pending.reject(reason);
    }
    this.pending.clear();
    this.tell('lost');
  }

  tell(state: LinkState): void {
    for (const listener of this.linkListeners) listener(state);
  }

  onLink(listener: (state: LinkState) => void): () => void {
    this.linkListeners.add(listener);
    return () => this.linkListeners.delete(listener);
  }

  private post(message: ClientMessage): void {
    if (this.waiting) this.waiting.push(message);
    else this.send(message);
  }
}
