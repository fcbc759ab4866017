import type { Database } from './database.ts';

/** A JSON-able description of one operation on topics: what `replay` needs to do it again. */
export type OperationRecord = Readonly<Record<string, unknown>>;

/** A line of the append-only log. `fit` starts a new run's history; `undo` and `redo` are lines of their own. */
export interface LogLine {
  readonly entry: number;
  readonly kind: 'fit' | 'operation' | 'undo' | 'redo';
  readonly operation: OperationRecord | null;
  /** What it did, in a person's words. */
  readonly text: string;
  readonly at: string | null;
}

/** An operation of the current history. Undone ones can be redone until a new operation takes their place. */
export interface HistoryEntry {
  readonly entry: number;
  readonly operation: OperationRecord;
  readonly text: string;
  readonly at: string | null;
  readonly undone: boolean;
}

/** Folds the log into the history since the last fit, oldest first: the operations in force, then those that can be redone. */
export function history(log: readonly LogLine[]): HistoryEntry[] {
  let done: LogLine[] = [];
  let undone: LogLine[] = [];
  for (const line of log) {
    if (line.kind === 'fit') [done, undone] = [[], []];
    else if (line.kind === 'operation') {
      done.push(line);
      undone = [];
    } else {
      const [from, to] = line.kind === 'undo' ? [done, undone] : [undone, done];
      const moved = from.pop();
      if (moved) to.push(moved);
    }
  }
  const entry = (undoneNow: boolean) => (line: LogLine) => ({
    entry: line.entry,
    operation: line.operation ?? {},
    text: line.text,
    at: line.at,
    undone: undoneNow,
  });
  return [...done.map(entry(false)), ...undone.reverse().map(entry(true))];
}

export async function readLog(db: Database): Promise<LogLine[]> {
  const rows = await db.rows<[number, LogLine['kind'], string | null, string, string | null]>(
    'SELECT entry, kind, operation, text, happened FROM log ORDER BY entry',
  );
  return rows.map(([entry, kind, operation, text, at]) => ({
    entry,
    kind,
    operation: operation === null ? null : (JSON.parse(operation) as OperationRecord),
    text,
    at,
  }));
}

export async function appendLog(db: Database, line: Omit<LogLine, 'entry'>): Promise<void> {
  await db.run('INSERT INTO log SELECT coalesce(max(entry), -1) + 1, ?, ?, ?, ? FROM log', [
    line.kind,
    line.operation === null ? null : JSON.stringify(line.operation),
    line.text,
    line.at,
  ]);
}
