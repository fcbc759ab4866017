import { z } from 'zod';
import { toRecord, UsageError } from '../core/base/errors.ts';
import type { Progress } from '../core/base/progress.ts';
import type { ClientMessage, EngineMessage } from '../core/protocol.ts';
import { isLasting } from './lasting.ts';
import { afterCrash, type Place, type RunNote } from './resumption.ts';

/** The engine as transports see it (app/worker/engine.ts makes one). */
export interface Engine {
  request(message: ClientMessage, emit: (message: EngineMessage) => void): void;
  close(): Promise<void>;
}

/** One window's or page's line to the engine. */
export interface Line {
  receive(raw: unknown): void;
  /** The other end is gone: what it asked for is cancelled, but a run goes on, and what is being written is finished. */
  close(): void;
}

const envelope = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('request'),
    id: z.number().int(),
    method: z.string(),
    params: z.unknown(),
  }),
  z.object({ type: z.literal('cancel'), id: z.number().int() }),
]);

type Send = (message: EngineMessage) => void;
type Partial2d = Extract<EngineMessage, { type: 'partial' }>['partial'];

/** A run with everything that a newcomer needs to see it as the others do. */
interface Run {
  readonly request: unknown;
  readonly crashes: readonly Place[];
  readonly engineId: number;
  readonly listeners: Map<Send, number>;
  readonly progress: Map<Progress['stage'], Progress>;
  place: Place;
  partial: Partial2d;
  /** Its last message, kept while nobody has seen it. */
  end: EngineMessage | null;
}

/**
 * Joins any number of lines to one engine: each line has its own request numbers, and a run survives the line that
 * started it. `run.attach` answers here: the engine knows nothing of lines.
 */
export class Hub {
  private next = 1;
  private run: Run | null = null;
  private readonly lines = new Set<Send>();
  /** Requests under way that outlive their lines, by the engine's numbers. */
  private readonly lasting = new Set<number>();

  constructor(
    private readonly engine: Engine,
    /** Something about its run or its writing is another: whether there is one, how far it has come. */
    private readonly onChange: () => void = () => undefined,
    /** Sees every message of the engine with the method that it answers. */
    private readonly onAnswer: (method: string, message: EngineMessage) => void = () => undefined,
  ) {}

  /** Whether a run is under way. */
  get running(): boolean {
    return this.run !== null && this.run.end === null;
  }

  /** Whether something is being written that is finished whoever leaves. */
  get writing(): boolean {
    return this.lasting.size > 0;
  }

  /** Whether there is a run to attach to: one under way, or one whose end nobody was told. */
  get unseen(): boolean {
    return this.run !== null;
  }

  /** Whether the run that nobody was told the end of ended with an error. */
  get failed(): boolean {
    return this.run?.end?.type === 'error';
  }

  /** What another process needs to go on with the run, should this one's engine crash; null when none is under way. */
  get note(): RunNote | null {
    if (!this.run || this.run.end) return null;
    const { request, crashes, place, partial } = this.run;
    return { request, crashes, place, out: partial.out ?? null };
  }

  get connected(): boolean {
    return this.lines.size > 0;
  }

  connect(send: Send): Line {
    const inFlight = new Map<number, number>();
    this.lines.add(send);
    return {
      receive: (raw) => {
        const parsed = envelope.safeParse(raw);
        if (!parsed.success) return;
        const message = parsed.data as ClientMessage;
        if (message.type === 'cancel') {
          const engineId = inFlight.get(message.id) ?? this.attached(send, message.id);
          if (engineId !== undefined) this.engine.request({ type: 'cancel', id: engineId }, () => undefined);
        } else if (message.method === 'run.attach') this.attach(send, message.id);
        else this.ask(send, message, inFlight);
      },
      close: () => {
        this.lines.delete(send);
        this.run?.listeners.delete(send);
        for (const engineId of inFlight.values())
          if (engineId !== this.run?.engineId && !this.lasting.has(engineId))
            this.engine.request({ type: 'cancel', id: engineId }, () => undefined);
        inFlight.clear();
      },
    };
  }

  private ask(
    send: Send,
    message: Extract<ClientMessage, { type: 'request' }>,
    inFlight: Map<number, number>,
  ): void {
    const { id, method } = message;
    if (method === 'run.start') {
      if (this.running) {
        const error = toRecord(
          new UsageError('Another run is under way; wait for it or cancel it first.', { code: 'busy' }),
        );
        return send({ type: 'error', id, error });
      }
      return this.begin(message.params, [], new Map([[send, id]]));
    }
    const engineId = this.next++;
    inFlight.set(id, engineId);
    const lasts = isLasting(method, message.params);
    if (lasts) this.lasting.add(engineId);
    if (lasts) this.onChange();
    this.engine.request({ ...message, id: engineId }, (answer) => {
      this.onAnswer(method, answer);
      const isEnd = answer.type === 'result' || answer.type === 'error';
      if (isEnd && this.lasting.delete(engineId)) this.onChange();
      if (!inFlight.has(id)) return;
      if (isEnd) inFlight.delete(id);
      send({ ...answer, id });
    });
  }

  /**
   * Goes on with the run that a crash of the engine's process cut off: begun again in the same folder it takes up what was finished.
   * Twice at the same place ends it with an error. Its lines are to be closed before, its newcomers attach as always.
   */
  recover(note: RunNote): void {
    const decided = afterCrash(note);
    if ('resume' in decided) {
      const { request, out, crashes } = decided.resume;
      return this.begin({ ...(request as object), ...(out === null ? {} : { out }) }, crashes, new Map());
    }
    this.begin(note.request, note.crashes, new Map(), { type: 'error', id: 0, error: decided.error });
  }

  private begin(
    request: unknown,
    crashes: Run['crashes'],
    listeners: Run['listeners'],
    end: EngineMessage | null = null,
  ): void {
    const engineId = this.next++;
    const place = { stage: null, fraction: 0 };
    this.run = { request, crashes, engineId, listeners, progress: new Map(), place, partial: {}, end };
    this.onChange();
    if (end) return;
    this.engine.request({ type: 'request', id: engineId, method: 'run.start', params: request }, (answer) =>
      this.tellRun(engineId, answer),
    );
  }

  private tellRun(engineId: number, message: EngineMessage): void {
    const { run } = this;
    if (run?.engineId !== engineId) return;
    if (message.type === 'progress') {
      const { stage, fraction } = message.progress;
      run.progress.set(stage, message.progress);
      run.place = { stage, fraction };
    } else if (message.type === 'partial') run.partial = { ...run.partial, ...message.partial };
    for (const [send, id] of run.listeners) send({ ...message, id });
    if (message.type === 'progress' || message.type === 'partial') return this.onChange();
    run.end = message;
    if (run.listeners.size > 0) this.run = null;
    this.onChange();
  }

  private attach(send: Send, id: number): void {
    const { run } = this;
    if (!run) return send({ type: 'result', id, result: null });
    for (const progress of run.progress.values()) send({ type: 'progress', id, progress });
    if (Object.keys(run.partial).length > 0) send({ type: 'partial', id, partial: run.partial });
    if (run.end) {
      send({ ...run.end, id });
      this.run = null;
      this.onChange();
    } else run.listeners.set(send, id);
  }

  private attached(send: Send, id: number): number | undefined {
    return this.run?.listeners.get(send) === id ? this.run.engineId : undefined;
  }
}
