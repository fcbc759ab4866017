/** What the window knows of the engine: one interface, whatever lies between (IPC, HTTP, or nothing in tests). */
import type { ErrorRecord } from '../../core/base/errors.ts';
import type { Progress } from '../../core/base/progress.ts';
import type { EngineMessage, Method, Params, Results } from '../../core/protocol.ts';

export type Partial2d = Extract<EngineMessage, { type: 'partial' }>['partial'];

export interface Listeners {
  onProgress?: (progress: Progress) => void;
  onPartial?: (partial: Partial2d) => void;
  signal?: AbortSignal;
}

export type LinkState = 'connected' | 'lost' | 'restarted';

export interface Client {
  request<M extends Method>(method: M, params: Params<M>, listeners?: Listeners): Promise<Results[M]>;
  readonly host: Host;
  /** Tells when the engine was lost (requests in flight were rejected) and when it is back. */
  onLink(listener: (state: LinkState) => void): () => void;
  close(): void;
}

/** What the surroundings can do beside the engine: dialogs, files, menus. */
export interface Host {
  readonly kind: 'desktop' | 'browser' | 'test';
  /** A path (or an upload's path) that `corpus.preview` or `project.open` takes; null when the person thought better of it. */
  choose(kind: 'file' | 'folder' | 'project'): Promise<string | null>;
  /** The path of a dropped file: its own on the desktop, an upload's in the browser. */
  sourceOf(files: File[], onFraction: (fraction: number) => void): Promise<string>;
  /** Where an export goes; null: the engine chooses and `deliver` hands it over; undefined: the person thought better of it. */
  chooseTarget(name: string, kind: 'file' | 'folder'): Promise<string | null | undefined>;
  deliver(path: string, name: string): Promise<void>;
  /** Menu items and shortcuts of the surroundings, by the names of `state/commands.ts`. */
  onCommand(listener: (command: string, argument?: string) => void): () => void;
  /** Tells the surroundings what is open: title, recent files, unsaved runs. */
  announce(state: { title: string; path: string | null; running: boolean; language: string }): void;
  newWindow(): void;
}

/** An error of the engine with everything that it said. */
export class EngineError extends Error {
  readonly code: string;
  readonly record: ErrorRecord;

  constructor(record: ErrorRecord) {
    super(record.message);
    this.name = record.name;
    this.code = record.code;
    this.record = record;
  }
}

/** Codes of the errors that everything in flight fails with when the line to the engine is cut, or its process ended. */
const cutCodes = ['line-cut', 'engine-crashed'];

/** Whether an error says only that the line was cut: what was asked may go on behind it. */
export function isCut(error: unknown): error is EngineError {
  return error instanceof EngineError && cutCodes.includes(error.code);
}

export function engineError(code: string, message: string): EngineError {
  return new EngineError({ name: 'Error', message, code, exitStatus: 1 });
}
