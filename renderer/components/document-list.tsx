import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { DocumentFilter, DocumentRow } from '../../core/protocol.ts';
import { useTopicColor } from '../state/colors.ts';
import { engine } from '../state/engine.ts';
import { day, share } from '../state/format.ts';
import { report } from '../state/notices.ts';
import { read } from '../state/reading.ts';
import { useKeywords } from '../state/selection.ts';
import { useStore } from '../state/store.ts';
import { useT } from '../i18n/index.ts';
import { Empty } from './empty.tsx';
import { MarkedText } from './marked-text.tsx';
import { Scroll } from './scroll.tsx';
import { VirtualRow } from './virtual-row.tsx';

const pageSize = 100;

/** Where a list was left when a document was opened from it, so that one comes back to the same lines. */
const left = { list: '', offset: 0 };

/** Documents that a filter lets through: only those on the screen are drawn, only those near it are fetched. */
export function DocumentList({
  filter,
  order,
  sort = 'row',
  onTotal,
}: {
  filter: DocumentFilter;
  /** Rows in the order to show (a search by meaning); null for the engine's order. */
  order: Int32Array | null;
  sort?: 'row' | 'probability' | 'date' | 'length' | 'topic';
  onTotal?: (total: number) => void;
}): React.ReactNode {
  const t = useT();
  const scroller = useRef<HTMLDivElement>(null);
  const { key, pages, total, want } = usePages(filter, order, sort);
  useEffect(() => {
    if (total !== null) onTotal?.(total);
  }, [total, onTotal]);

  // No compiler memoizes these components, so the virtualizer's changing functions do no harm.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: total ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => 72,
    overscan: 8,
    initialOffset: () => (left.list === key ? left.offset : 0),
  });
  const open = (index: number, row: number): void => {
    Object.assign(left, { list: key, offset: scroller.current?.scrollTop ?? 0 });
    read({ filter, sort, order, total: total ?? 0 }, index, row);
  };
  const items = rows.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items[items.length - 1]?.index ?? 0];
  useEffect(() => want(first, last), [want, first, last]);

  if (total === 0)
    return (
      <Empty title={t('documents.none')}>
        <span>{t('documents.noneHint')}</span>
      </Empty>
    );
  return (
    <Scroll ref={scroller} className="pane-body" label={t('documents.list')}>
      <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="list">
        {items.map((item) => {
          const document = pages.get(Math.floor(item.index / pageSize))?.[item.index % pageSize];
          return (
            <VirtualRow key={item.key} item={item} measure={rows.measureElement} total={total ?? 0}>
              {document ? (
                <Row document={document} onOpen={() => open(item.index, document.row)} />
              ) : (
                <div style={{ height: 71 }} />
              )}
            </VirtualRow>
          );
        })}
      </div>
    </Scroll>
  );
}

function Row({ document, onOpen }: { document: DocumentRow; onOpen: () => void }): React.ReactNode {
  const t = useT();
  const color = useTopicColor(document.topic);
  const name = useStore((s) => s.topics.find((topic) => topic.id === document.topic)?.name);
  const words = useKeywords(document.topic);
  return (
    <button type="button" className="document-row" onClick={onOpen}>
      <span className="meta numbers">
        <span className="swatch" style={{ background: color }} />
        <span dir="auto" className="shrinks topic-name">
          {document.topic < 0 ? t('topics.outliers') : name}
        </span>
        {document.topic >= 0 && document.probability < 0.995 && <span>{share(document.probability, 0)}</span>}
        {document.assignedBy !== 'fit' && <span>{t(`assigned.${document.assignedBy}`)}</span>}
        {document.label !== null && (
          <span dir="auto" className="shrinks">
            {document.label}
          </span>
        )}
        {document.date !== null && <span>{day(document.date)}</span>}
        <span className="shrinks" style={{ marginLeft: 'auto' }}>
          {document.id}
        </span>
      </span>
      <span className="snippet" dir="auto">
        {document.snippet === '' ? (
          t('documents.noText')
        ) : (
          <MarkedText text={document.snippet} words={words} />
        )}
      </span>
    </button>
  );
}

interface Pages {
  /** Tells one list from another. */
  key: string;
  pages: ReadonlyMap<number, DocumentRow[]>;
  total: number | null;
  want: (first: number, last: number) => void;
}

/** Fetches pages of documents as they come into sight; a changed filter starts anew. */
function usePages(filter: DocumentFilter, order: Int32Array | null, sort: string): Pages {
  const key = JSON.stringify([filter, sort]) + (order ? `#${order.length}:${order[0] ?? ''}` : '');
  const [state, setState] = useState<{
    key: string;
    pages: Map<number, DocumentRow[]>;
    total: number | null;
  }>({
    key,
    pages: new Map(),
    total: null,
  });
  const asked = useRef(new Set<string>());
  const latest = useRef({ key, filter, order, sort });

  const [fetchPage] = useState(() => (page: number): void => {
    const { key: mine, filter: which, order: rows, sort: by } = latest.current;
    const name = `${mine}@${page}`;
    if (asked.current.has(name)) return;
    asked.current.add(name);
    const offset = page * pageSize;
    // A search by meaning has its own order: ask for exactly these rows and put them back into it.
    const part = rows ? Array.from(rows.subarray(offset, offset + pageSize)) : null;
    const request = part
      ? engine().request('documents.list', { filter: { rows: part }, limit: pageSize })
      : engine().request('documents.list', { filter: which, sort: by as 'row', offset, limit: pageSize });
    request
      .then(({ total, documents }) => {
        if (latest.current.key !== mine) return;
        const place = part && new Map(part.map((row, k) => [row, k]));
        const sorted = place
          ? [...documents].sort((a, b) => (place.get(a.row) ?? 0) - (place.get(b.row) ?? 0))
          : documents;
        setState((old) => ({
          key: mine,
          total: rows ? rows.length : total,
          pages: new Map(old.key === mine ? old.pages : []).set(page, sorted),
        }));
      })
      .catch((error: unknown) => {
        asked.current.delete(name);
        report(error);
      });
  });
  const [want] = useState(() => (first: number, last: number): void => {
    for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page++)
      fetchPage(page);
  });

  useEffect(() => {
    latest.current = { key, filter, order, sort };
    asked.current.clear();
    fetchPage(0);
    // The key stands for all of them.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, fetchPage]);

  // What was there stays on the screen until the new answer is.
  return { key, pages: state.pages, total: state.total, want };
}
