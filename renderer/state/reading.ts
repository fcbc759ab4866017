/** The list that the document in the reader was opened from: the next and the one before are a key away. */
import { create } from 'zustand';
import type { DocumentFilter, Params } from '../../core/protocol.ts';
import { engine } from './engine.ts';
import { report } from './notices.ts';
import { select } from './selection.ts';
import { get } from './store.ts';

export interface Reading {
  readonly filter: DocumentFilter;
  readonly sort: NonNullable<Params<'documents.list'>['sort']>;
  /** Rows in the order of the list; null for the engine's. */
  readonly order: Int32Array | null;
  readonly total: number;
  /** The documents that were read from it, by their rows: their places in the list. */
  readonly read: ReadonlyMap<number, number>;
}

/** Null before a document was opened from a list; it is of no use for one that was opened elsewhere. */
export const useReading = create<{ list: Reading | null }>(() => ({ list: null }));

/** Opens a document of a list. */
export function read(list: Omit<Reading, 'read'>, index: number, row: number): void {
  useReading.setState({ list: { ...list, read: new Map([[row, index]]) } });
  select({ document: row });
}

let turn = 0;

/** Opens the document so many places further on; at either end nothing happens. */
export async function readFurther(by: number): Promise<void> {
  const { list } = useReading.getState();
  const now = list?.read.get(get().selection.document ?? -1);
  if (!list || now === undefined) return;
  const index = now + by;
  if (index < 0 || index >= list.total) return;
  const mine = ++turn;
  try {
    const row = list.order
      ? list.order[index]
      : (
          await engine().request('documents.list', {
            filter: list.filter,
            sort: list.sort,
            offset: index,
            limit: 1,
          })
        ).documents[0]?.row;
    if (mine !== turn || row === undefined) return;
    useReading.setState({ list: { ...list, read: new Map([...list.read, [row, index]]) } });
    select({ document: row });
  } catch (error) {
    report(error);
  }
}
