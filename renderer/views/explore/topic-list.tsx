import { ActionIcon, Anchor, Button, Select, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { Results } from '../../../core/protocol.ts';
import type { Topic } from '../../../core/stages.ts';
import { Icon } from '../../components/icons.tsx';
import { useT } from '../../i18n/index.ts';
import { useTopicColors } from '../../state/colors.ts';
import { engine } from '../../state/engine.ts';
import { count, decimal, share } from '../../state/format.ts';
import { report } from '../../state/notices.ts';
import { pickTopic } from '../../state/selection.ts';
import { set, useStore } from '../../state/store.ts';
import { TopicActions } from './topic-actions.tsx';

type Sort = 'size' | 'name' | 'number';

const orders: Record<Sort, (a: Topic, b: Topic) => number> = {
  size: (a, b) => b.count - a.count || a.id - b.id,
  name: (a, b) => a.name.localeCompare(b.name) || a.id - b.id,
  number: (a, b) => a.id - b.id,
};

/** Every topic with its size and its strongest words; outliers last, and never hidden. */
export function TopicList({ onClose }: { onClose: () => void }): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const selected = useStore((s) => s.selection.topics);
  const [sort, setSort] = useState<Sort>('size');
  const [filter, setFilter] = useState('');
  const [found, setFound] = useState<Results['topics.find'] | null>(null);
  const color = useTopicColors();
  const scroller = useRef<HTMLDivElement>(null);

  const real = topics.filter((topic) => topic.id >= 0);
  const findByMeaning = (): void => {
    if (filter.trim() === '') return;
    engine().request('topics.find', { text: filter.trim(), limit: 20 }).then(setFound).catch(report);
  };
  const likeness = new Map(found?.map(({ topic, similarity }) => [topic, similarity]));
  const shown = useMemo(() => {
    if (found) return found.flatMap(({ topic }) => topics.filter(({ id }) => id === topic));
    const wanted = filter.trim().toLowerCase();
    const matches = (topic: Topic): boolean =>
      wanted === '' ||
      topic.name.toLowerCase().includes(wanted) ||
      topic.keywords.some((k) => k.keyword.toLowerCase().includes(wanted));
    const list = topics.filter((topic) => topic.id >= 0 && matches(topic)).sort(orders[sort]);
    const outliers = topics.find((topic) => topic.id < 0);
    return outliers && wanted === '' ? [...list, outliers] : list;
  }, [topics, sort, filter, found]);
  const largest = real.reduce((most, topic) => Math.max(most, topic.count), 1);
  // No compiler memoizes these components, so the virtualizer's changing functions do no harm.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 60,
    overscan: 10,
  });

  return (
    <>
      <div className="pane-head">
        <h2>
          {t('explore.topics')} <span className="quiet numbers">{count(real.length)}</span>
        </h2>
        <Select
          size="xs"
          w={88}
          styles={{ input: { paddingInlineEnd: 20 } }}
          variant="unstyled"
          aria-label={t('topics.sort')}
          data={(['size', 'name', 'number'] as const).map((value) => ({ value, label: t(`sort.${value}`) }))}
          value={sort}
          allowDeselect={false}
          onChange={(value) => setSort(value as Sort)}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          c="var(--quiet)"
          aria-label={t('action.toggleTopics')}
          onClick={onClose}
        >
          <Icon name="left" />
        </ActionIcon>
      </div>
      <div style={{ padding: '8px 12px', borderBottom: '1px solid var(--line)' }}>
        <TextInput
          size="xs"
          aria-label={t('topics.filter')}
          placeholder={t('topics.filter')}
          value={filter}
          onChange={(event) => {
            setFilter(event.currentTarget.value);
            setFound(null);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') findByMeaning();
          }}
          rightSectionWidth={filter.trim() === '' ? undefined : 84}
          rightSection={
            filter.trim() === '' ? null : (
              <Button size="compact-xs" variant="subtle" onClick={findByMeaning}>
                {t('topics.byMeaning')}
              </Button>
            )
          }
        />
      </div>
      <TopicActions />
      <div ref={scroller} className="pane-body">
        <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="list">
          {rows.getVirtualItems().map((item) => {
            const topic = shown[item.index];
            return (
              <div
                key={topic.id}
                ref={rows.measureElement}
                data-index={item.index}
                role="listitem"
                style={{ position: 'absolute', insetInline: 0, transform: `translateY(${item.start}px)` }}
              >
                <button
                  type="button"
                  className="topic"
                  aria-pressed={selected.includes(topic.id)}
                  onClick={(event) => pickTopic(topic.id, event.shiftKey || event.ctrlKey || event.metaKey)}
                >
                  <span className="swatch" style={{ background: color(topic.id) }} />
                  <span className="name" dir="auto">
                    {topic.id < 0 ? t('topics.outliers') : topic.name}
                  </span>
                  <span className="size" title={t('topics.count', { count: count(topic.count) })}>
                    {likeness.has(topic.id)
                      ? decimal(likeness.get(topic.id))
                      : topic.id < 0
                        ? share(topic.share)
                        : count(topic.count)}
                  </span>
                  <span className="bar">
                    <span
                      style={{
                        width: `${Math.min(100, (100 * topic.count) / largest)}%`,
                        background: color(topic.id),
                      }}
                    />
                  </span>
                </button>
              </div>
            );
          })}
        </div>
        {topics.length > 0 && real.length === 0 && (
          <p className="quiet" style={{ padding: '0 16px', fontSize: '0.8125rem' }}>
            {t('topics.none')}{' '}
            <Anchor component="button" type="button" fz="inherit" onClick={() => set({ view: 'quality' })}>
              {t('view.quality')}
            </Anchor>
          </p>
        )}
      </div>
    </>
  );
}
