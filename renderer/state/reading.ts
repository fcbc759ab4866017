/** The list that the document in the reader was opened from: the next and the one before are a key away. */
import { create } from 'zustand';
import type { DocumentFilter, Params } from '../../core/protocol.ts';
import { engine } from './engine.ts';
import { report } from './notices.ts';
import { select } from './selection.ts';

export interface Reading {
  readonly filter: DocumentFilter;
  readonly sort: NonNullable<Params<'documents.list'>['sort']>;
  /** Rows in the order of the list; null for the engine's. */
  readonly order: Int32Array | null;
  readonly total: number;
  /** Of the open document in the list. */
  readonly index: number;
  readonly row: number;
}

/** Null before a document was opened from a list; it is of no use for one that was opened elsewhere. */
export const useReading = create<{ list: Reading | null }>(() => ({ list: null }));

export function read(list: Reading): void {
  useReading.setState({ list });
  select({ document: list.row });
}

let turn = 0;

/** Opens the document so many places further on; at either end nothing happens. */
export async function readFurther(by: number): Promise<void> {
  const { list } = useReading.getState();
  if (!list) return;
  const index = list.index + by;
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
    if (mine === turn && row !== undefined) read({ ...list, index, row });
  } catch (error) {
    report(error);
  }
}
