import { ActionIcon, Button, Group, SegmentedControl } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ErrorNote } from '../../components/error-note.tsx';
import { Icon } from '../../components/icons.tsx';
import { Loading } from '../../components/loading.tsx';
import { MarkedText, clean, shownAtOnce } from '../../components/marked-text.tsx';
import { TokenText } from '../../components/token-text.tsx';
import { useT } from '../../i18n/index.ts';
import { useAnswer } from '../../state/answer.ts';
import { useTopicColors } from '../../state/colors.ts';
import { count, decimal, share } from '../../state/format.ts';
import { report } from '../../state/notices.ts';
import { readFurther, useReading } from '../../state/reading.ts';
import { pickTopic, searchSimilar, select, useKeywords } from '../../state/selection.ts';
import { useStore } from '../../state/store.ts';
import { Scroll } from '../../components/scroll.tsx';

/** The documents before and after this one in the list that it was opened from, a click or an arrow key away. */
function Further({ row }: { row: number }): React.ReactNode {
  const t = useT();
  const list = useReading((s) => s.list);
  const index = list?.read.get(row);
  const isHere = index !== undefined;
  useEffect(() => {
    if (!isHere) return;
    const onKey = (event: KeyboardEvent): void => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const at = event.target as HTMLElement | null;
      // Arrows are a field's, a map's and a group of tabs' own.
      const isOwn = at?.closest(
        'input, textarea, select, [role=radiogroup], [role=slider], [role=application], .drawn',
      );
      if (by === undefined || isOwn || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      void readFurther(by);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isHere]);
  if (!list || !isHere) return null;
  const step = (by: number, label: string, icon: 'previous' | 'next', disabled: boolean): React.ReactNode => (
    <ActionIcon
      size="sm"
      variant="subtle"
      color="gray"
      c="var(--quiet)"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={() => void readFurther(by)}
    >
      <Icon name={icon} />
    </ActionIcon>
  );
  return (
    <Group
      gap={2}
      wrap="nowrap"
      fz="xs"
      className="quiet numbers"
      role="group"
      aria-label={t('reader.place')}
    >
      {step(-1, t('reader.previous'), 'previous', index === 0)}
      <span style={{ whiteSpace: 'nowrap' }}>
        {t('reader.of', { index: count(index + 1), total: count(list.total) })}
      </span>
      {step(1, t('reader.next'), 'next', index + 1 >= list.total)}
    </Group>
  );
}

/** One document in full, its topic's keywords marked; whatever it holds, it is shown as text. */
export function Reader({ row, onClose }: { row: number; onClose: () => void }): React.ReactNode {
  const t = useT();
  const { answer: document, error } = useAnswer('documents.get', { row });
  const topics = useStore((s) => s.topics);
  const [upTo, setUpTo] = useState(shownAtOnce);
  const color = useTopicColors();
  const words = useKeywords(document?.topic ?? -1);
  const [marks, setMarks] = useState('keywords');
  const nameOf = (id: number): string =>
    id < 0 ? t('topics.outliers') : (topics.find((topic) => topic.id === id)?.name ?? String(id));
  return (
    <>
      <div className="pane-head" style={{ paddingLeft: 8 }}>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="var(--quiet)"
          aria-label={t('action.back')}
          onClick={onClose}
        >
          <Icon name="back" />
        </ActionIcon>
        <h2 dir="auto" title={document?.id}>
          {document?.id ?? ''}
        </h2>
        <Further row={row} />
        {document && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              select({ document: null, topics: [], rows: null });
              searchSimilar(row, t('reader.like', { id: document.id })).catch(report);
            }}
          >
            {t('reader.similar')}
          </Button>
        )}
      </div>
      {error && <ErrorNote error={error} onClose={onClose} />}
      {!document && !error && <Loading what={t('reader.loading')} />}
      {document && (
        <Scroll className="pane-body" label={t('reader.label')}>
          <div className="block">
            <Group gap={8} fz="xs" className="numbers quiet">
              <button
                type="button"
                className="topic"
                style={{ width: 'auto', padding: 0, gridTemplateColumns: '10px auto auto' }}
                onClick={() => {
                  select({ document: null });
                  pickTopic(document.topic);
                }}
              >
                <span className="swatch" style={{ background: color(document.topic) }} />
                <span className="name" dir="auto">
                  {nameOf(document.topic)}
                </span>
                <span className="size">{document.topic >= 0 && share(document.probability, 0)}</span>
              </button>
              <span>{t('reader.words', { count: count(document.words) })}</span>
              <span>{t(`assigned.${document.assignedBy}`)}</span>
              {document.truncated && <span>{t('reader.truncated')}</span>}
              {document.duplicateOf !== null && (
                <span>{t('reader.duplicate', { id: document.duplicateOf })}</span>
              )}
            </Group>
          </div>
          <SegmentedControl
            size="xs"
            mx={16}
            mt={10}
            aria-label={t('reader.mark')}
            data={[
              { value: 'keywords', label: t('reader.markKeywords') },
              { value: 'topics', label: t('reader.markTopics') },
            ]}
            value={marks}
            onChange={setMarks}
          />
          {marks === 'topics' ? (
            <TokenText row={row} text={document.text} />
          ) : (
            <div className="reader-text" dir="auto" data-testid="reader">
              <MarkedText text={document.text} words={words} upTo={upTo} />
            </div>
          )}
          {marks === 'keywords' && document.text.length > upTo && (
            <div className="block">
              <Button size="compact-xs" variant="default" onClick={() => setUpTo(upTo + shownAtOnce)}>
                {t('reader.more', { share: share(upTo / document.text.length, 0) })}
              </Button>
            </div>
          )}
          {document.distribution.length > 1 && (
            <section className="block">
              <h3 className="section-title">{t('reader.distribution')}</h3>
              <dl className="keywords">
                {document.distribution.slice(0, 5).map(({ topic, share: part }) => (
                  <div key={topic} style={{ display: 'contents' }}>
                    <dt dir="auto">{nameOf(topic)}</dt>
                    <dd className="track">
                      <span style={{ width: `${100 * part}%`, background: color(topic) }} />
                    </dd>
                    <dd className="weight">{share(part, 0)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          )}
          <section className="block">
            <h3 className="section-title">{t('reader.columns')}</h3>
            <dl className="keywords" style={{ gridTemplateColumns: 'max-content minmax(0, 1fr)' }}>
              {Object.entries(document.columns).map(([name, value]) => (
                <div key={name} style={{ display: 'contents' }}>
                  <dt className="quiet">{name}</dt>
                  <dd dir="auto" style={{ overflowWrap: 'anywhere' }}>
                    {clean((value ?? '–').slice(0, 300))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
          {document.nearest.length > 0 && (
            <section className="block">
              <h3 className="section-title">{t('reader.nearest')}</h3>
              <Group gap={6}>
                {document.nearest.slice(0, 8).map((near) => (
                  <Button
                    key={near.row}
                    size="compact-xs"
                    variant="default"
                    onClick={() => select({ document: near.row })}
                  >
                    {t('reader.near', { row: count(near.row + 1), similarity: decimal(near.similarity) })}
                  </Button>
                ))}
              </Group>
            </section>
          )}
        </Scroll>
      )}
    </>
  );
}
