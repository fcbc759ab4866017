import { Button, Group, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { PredictedDocument } from '../../../../core/protocol.ts';
import { Empty } from '../../../components/empty.tsx';
import { MarkedText } from '../../../components/marked-text.tsx';
import { Scroll } from '../../../components/scroll.tsx';
import { useT } from '../../../i18n/index.ts';
import { useTopicColors } from '../../../state/colors.ts';
import { exportAs } from '../../../state/export.ts';
import { count, share } from '../../../state/format.ts';
import { dropPredictions, usePredicted, useWanted } from '../../../state/predicted.ts';
import { useKeywords } from '../../../state/selection.ts';
import { useStore } from '../../../state/store.ts';
import { VirtualRow } from '../../../components/virtual-row.tsx';

/** Predicted documents in the place of the project's own, filtered by the picked topics and the searched words. */
export function PredictedList(): React.ReactNode {
  const t = useT();
  const { documents, open } = usePredicted();
  const wanted = useWanted();
  const scroller = useRef<HTMLDivElement>(null);
  // No compiler memoizes these components, so the virtualizer's changing functions do no harm.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: wanted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 72,
    overscan: 8,
  });
  return (
    <>
      <Group gap={6} px={12} py={6} style={{ borderBottom: '1px solid var(--line)' }}>
        <Text fz="xs" c="dimmed" className="numbers" role="status">
          {t('predicted.listed', { shown: count(wanted.length), count: count(documents.length) })}
        </Text>
        <Group gap={6} ml="auto">
          <Button size="compact-xs" variant="default" onClick={() => void exportAs('predicted')}>
            {t('predicted.export')}
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={dropPredictions}>
            {t('predicted.drop')}
          </Button>
        </Group>
      </Group>
      {wanted.length === 0 ? (
        <Empty title={t('documents.none')}>{t('documents.noneHint')}</Empty>
      ) : (
        <Scroll ref={scroller} className="pane-body" label={t('predicted.list')}>
          <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="list">
            {rows.getVirtualItems().map((item) => (
              <VirtualRow key={item.key} item={item} measure={rows.measureElement} total={wanted.length}>
                <Row
                  document={documents[wanted[item.index]]}
                  open={open === wanted[item.index]}
                  onOpen={() =>
                    usePredicted.setState({ open: open === wanted[item.index] ? -1 : wanted[item.index] })
                  }
                />
              </VirtualRow>
            ))}
          </div>
        </Scroll>
      )}
    </>
  );
}

function Row({
  document,
  open,
  onOpen,
}: {
  document: PredictedDocument;
  open: boolean;
  onOpen: () => void;
}): React.ReactNode {
  const t = useT();
  const color = useTopicColors();
  const name = useStore((s) => s.topics.find((topic) => topic.id === document.topic)?.name);
  const words = useKeywords(document.topic);
  return (
    <button type="button" className="document-row" aria-pressed={open} onClick={onOpen}>
      <span className="meta numbers">
        <span className="swatch diamond" style={{ background: color(document.topic) }} />
        <span dir="auto" className="shrinks">
          {document.topic < 0 ? t('topics.outliers') : (name ?? t('predicted.changed'))}
        </span>
        {document.topic >= 0 && <span>{share(document.probability, 0)}</span>}
        <span>{t('assigned.transform')}</span>
        <span className="shrinks" style={{ marginLeft: 'auto' }}>
          {document.id}
        </span>
      </span>
      <span className={open ? '' : 'snippet'} dir="auto">
        {document.snippet === '' ? (
          t('documents.noText')
        ) : (
          <MarkedText text={document.snippet} words={words} />
        )}
      </span>
    </button>
  );
}
