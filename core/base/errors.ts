/**
 * Every error that a person may see. `message` is one clear sentence: what was being done, the offending file, row or
 * column, and what to do next. `code` is stable (scripts may rely on it); `exitStatus` is the command line's.
 */
export class MoeTopicError extends Error {
  readonly code: string;
  readonly exitStatus: number;

  constructor(message: string, code: string, exitStatus: number, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.exitStatus = exitStatus;
  }
}

/** The command line or a parameter is wrong (exit status 2). */
export class UsageError extends MoeTopicError {
  constructor(message: string, options?: { code?: string; cause?: unknown }) {
    super(message, options?.code ?? 'usage', 2, options);
  }
}

/** A file, a row or a matrix is not what it should be (exit status 3). */
export class InputError extends MoeTopicError {
  constructor(message: string, options?: { code?: string; cause?: unknown }) {
    super(message, options?.code ?? 'input', 3, options);
  }
}

/** A model's checkpoint, graph or runtime is at fault (exit status 4). */
export class ModelError extends MoeTopicError {
  constructor(message: string, options?: { code?: string; cause?: unknown }) {
    super(message, options?.code ?? 'model', 4, options);
  }
}

/** Not enough memory or disk (exit status 5). */
export class ResourceError extends MoeTopicError {
  constructor(message: string, options?: { code?: string; cause?: unknown }) {
    super(message, options?.code ?? 'resource', 5, options);
  }
}

/** The person cancelled (exit status 130). */
export class CancelledError extends MoeTopicError {
  constructor(message = 'Cancelled.') {
    super(message, 'cancelled', 130);
  }
}

/** Throws when the signal was aborted; call it at least every half second of work. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw signal.reason instanceof MoeTopicError ? signal.reason : new CancelledError();
}

/** An error in a shape that survives JSON and structured clone, causes included. */
export interface ErrorRecord {
  name: string;
  message: string;
  code: string;
  exitStatus: number;
  stack?: string;
  cause?: ErrorRecord;
}

export function toRecord(error: unknown): ErrorRecord {
  if (!(error instanceof Error))
    return { name: 'Error', message: String(error), code: 'internal', exitStatus: 1 };
  const known = error instanceof MoeTopicError;
  return {
    name: error.name,
    message: error.message,
    code: known ? error.code : 'internal',
    exitStatus: known ? error.exitStatus : 1,
    stack: error.stack,
    cause: error.cause === undefined ? undefined : toRecord(error.cause),
  };
}

export function fromRecord(record: ErrorRecord): MoeTopicError {
  const cause = record.cause === undefined ? undefined : fromRecord(record.cause);
  const error = new MoeTopicError(record.message, record.code, record.exitStatus, { cause });
  error.name = record.name;
  if (record.stack !== undefined) error.stack = record.stack;
  return error;
}
