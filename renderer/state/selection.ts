/** What is picked: topics, rows on the map, labels, search hits; every pane reads the same. */
import { useMemo } from 'react';
import type { DocumentFilter, MapData } from '../../core/protocol.ts';
import { engine } from './engine.ts';
import { get, noSearch, noSelection, set, useStore } from './store.ts';
import type { Search, Selection } from './store.ts';

export function select(change: Partial<Selection>): void {
  set({ selection: { ...get().selection, ...change } });
}

export function clearSelection(): void {
  turn++;
  set({ selection: noSelection, search: noSearch });
}

/** One topic alone, or added to and taken from those picked (`more`). */
export function pickTopic(topic: number, more = false): void {
  const { topics } = get().selection;
  const there = topics.includes(topic);
  const next = more
    ? there
      ? topics.filter((t) => t !== topic)
      : [...topics, topic]
    : there && topics.length === 1
      ? []
      : [topic];
  select({ topics: next, document: null });
}

let turn = 0;

/** Looks for documents by words, by a regular expression, or by meaning (the run's model embeds the sentence). */
export async function search(text: string, mode: Search['mode']): Promise<void> {
  const mine = ++turn;
  if (text.trim() === '') return set({ search: { ...noSearch, mode } });
  set({ search: { text, mode, hits: get().search.hits, busy: true, error: null } });
  try {
    const { rows } =
      mode === 'meaning'
        ? await engine().request('documents.similar', { text, limit: 200 })
        : await engine().request('documents.rows', { filter: { query: text, regex: mode === 'regex' } });
    if (mine === turn) set({ search: { text, mode, hits: rows, busy: false, error: null } });
  } catch (error) {
    if (mine === turn) set({ search: { text, mode, hits: null, busy: false, error: error as Error } });
  }
}

export async function searchSimilar(row: number, title: string): Promise<void> {
  const mine = ++turn;
  const { rows } = await engine().request('documents.similar', { row, limit: 100 });
  if (mine === turn) set({ search: { text: title, mode: 'meaning', hits: rows, busy: false, error: null } });
}

/** Rows that everything picked agrees on, or null when nothing is picked. `mask` has 1 for each of them. */
export interface Picked {
  rows: Int32Array;
  mask: Uint8Array;
}

export function pick(map: MapData, selection: Selection, hits: Int32Array | null): Picked | null {
  const { topics, rows, labels, assignedBy } = selection;
  const all = topics.length + labels.length + assignedBy.length === 0 && rows === null && hits === null;
  if (all) return null;
  const n = map.topic.length;
  const mask = new Uint8Array(n).fill(1);
  const keep = (wanted: Int32Array): void => {
    const other = new Uint8Array(n);
    for (const row of wanted) other[row] = 1;
    for (let i = 0; i < n; i++) mask[i] &= other[i];
  };
  if (rows) keep(rows);
  if (hits) keep(hits);
  if (topics.length > 0) {
    const wanted = new Set(topics);
    for (let i = 0; i < n; i++) if (!wanted.has(map.topic[i])) mask[i] = 0;
  }
  if (labels.length > 0 && map.label) {
    const wanted = new Set(labels.map((name) => map.labelNames.indexOf(name)));
    for (let i = 0; i < n; i++) if (!wanted.has(map.label[i])) mask[i] = 0;
  }
  if (assignedBy.length > 0) {
    const wanted = new Set(assignedBy.map((how) => map.assignments.indexOf(how)));
    for (let i = 0; i < n; i++) if (!wanted.has(map.assignedBy[i])) mask[i] = 0;
  }
  // A search by meaning has an order worth keeping.
  const order = hits ?? null;
  const found = order ? Array.from(order).filter((row) => mask[row] === 1) : indices(mask);
  return { rows: Int32Array.from(found), mask };
}

function indices(mask: Uint8Array): Int32Array {
  let count = 0;
  for (const bit of mask) count += bit;
  const rows = new Int32Array(count);
  for (let i = 0, k = 0; i < mask.length; i++) if (mask[i]) rows[k++] = i;
  return rows;
}

/** The same, asked once: for what is done now. */
export function pickedNow(): Picked | null {
  const { map, selection, search } = get();
  return map ? pick(map, selection, search.hits) : null;
}

export function usePicked(): Picked | null {
  const map = useStore((s) => s.map);
  const selection = useStore((s) => s.selection);
  const hits = useStore((s) => s.search.hits);
  const { topics, rows, labels, assignedBy } = selection;
  return useMemo(
    () => (map ? pick(map, { topics, rows, labels, assignedBy, document: null }, hits) : null),
    [map, topics, rows, labels, assignedBy, hits],
  );
}

/** The same as a filter for the engine; rows only where the engine couldn't know them. */
export function asFilter(selection: Selection, search: Search, picked: Picked | null): DocumentFilter {
  const { topics, labels, assignedBy } = selection;
  const own = selection.rows !== null || (search.hits !== null && search.mode === 'meaning');
  return {
    topics: [...topics],
    labels: [...labels],
    assignedBy: [...assignedBy],
    rows: own && picked ? Array.from(picked.rows) : null,
    query: search.mode === 'meaning' || search.hits === null ? '' : search.text,
    regex: search.mode === 'regex',
  };
}

const noWords: string[] = [];

/** What to mark in a document: its topic's keywords, and the words that were searched for. */
export function useKeywords(topic: number): string[] {
  const found = useStore((s) => s.topics.find((t) => t.id === topic));
  const { text, mode, hits } = useStore((s) => s.search);
  return useMemo(() => {
    const keywords = topic < 0 ? noWords : (found?.keywords.slice(0, 10).map((k) => k.keyword) ?? noWords);
    return hits && mode === 'words' ? [...keywords, ...text.split(/\s+/)] : keywords;
  }, [topic, found, text, mode, hits]);
}
