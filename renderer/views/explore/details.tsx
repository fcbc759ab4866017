import { ActionIcon, Button, Group, Menu, SegmentedControl, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { AssignedBy } from '../../../core/stages.ts';
import { DocumentList } from '../../components/document-list.tsx';
import { selections } from '../../components/export-menu.tsx';
import { Icon } from '../../components/icons.tsx';
import { useT } from '../../i18n/index.ts';
import { exportAs } from '../../state/export.ts';
import { count } from '../../state/format.ts';
import { usePredicted } from '../../state/predicted.ts';
import { asFilter, clearSelection, select, usePicked } from '../../state/selection.ts';
import { useStore } from '../../state/store.ts';
import { PredictedList } from './documents/predicted-list.tsx';
import { Move } from './operations/edit-some.tsx';
import { Reader } from './reader.tsx';
import { TopicPageView } from './topic-page.tsx';

type Sort = 'row' | 'probability' | 'date' | 'length' | 'topic';

/** What was picked: a topic's page, its documents, or one document. */
export function Details({ onClose }: { onClose: () => void }): React.ReactNode {
  const t = useT();
  const selection = useStore((s) => s.selection);
  const search = useStore((s) => s.search);
  const topics = useStore((s) => s.topics);
  const hasDates = useStore((s) => s.project?.hasDates ?? false);
  const documents = useStore((s) => s.project?.documents ?? 0);
  const picked = usePicked();
  const [tab, setTab] = useState('topic');
  const [sort, setSort] = useState<Sort>('row');
  const listed = usePredicted((s) => s.listed);
  const [moving, setMoving] = useState(false);
  const one = selection.topics.length === 1 ? selection.topics[0] : null;
  const filter = useMemo(() => asFilter(selection, search, picked), [selection, search, picked]);
  const order = search.hits !== null && search.mode === 'meaning' && picked ? picked.rows : null;

  if (selection.document !== null)
    return (
      <Reader key={selection.document} row={selection.document} onClose={() => select({ document: null })} />
    );
  const showTopic = one !== null && tab === 'topic' && !listed;
  const title =
    one !== null
      ? one < 0
        ? t('topics.outliers')
        : (topics.find((topic) => topic.id === one)?.name ?? '')
      : picked
        ? t('details.selected', { count: count(picked.rows.length) })
        : t('details.all', { count: count(documents) });
  const sorts: Sort[] = ['row', 'probability', ...(hasDates ? (['date'] as const) : []), 'length', 'topic'];
  return (
    <>
      <div className="pane-head">
        <h2 dir="auto" title={title}>
          {title}
        </h2>
        {picked && (
          <Button size="compact-xs" variant="subtle" onClick={clearSelection}>
            {t('action.clear')}
          </Button>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          c="var(--quiet)"
          aria-label={t('action.toggleDetails')}
          onClick={onClose}
        >
          <Icon name="right" />
        </ActionIcon>
      </div>
      {one !== null && (
        <div style={{ padding: '8px 12px', borderBottom: '1px solid var(--line)' }}>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('details.show')}
            value={listed ? 'documents' : tab}
            onChange={(value) => {
              setTab(value);
              if (value === 'topic') usePredicted.setState({ listed: false });
            }}
            data={[
              { value: 'topic', label: t('details.topic') },
              { value: 'documents', label: t('details.documents') },
            ]}
          />
        </div>
      )}
      {showTopic ? (
        <TopicPageView topic={one} />
      ) : (
        <>
          <Group gap={6} px={12} py={6} style={{ borderBottom: '1px solid var(--line)' }}>
            <LabelFilter />
            <AssignedFilter />
            <Select
              size="xs"
              w={130}
              aria-label={t('documents.sort')}
              disabled={order !== null}
              data={sorts.map((value) => ({ value, label: t(`documentSort.${value}`) }))}
              value={sort}
              allowDeselect={false}
              onChange={(value) => setSort(value as Sort)}
            />
            {picked && (
              <Button
                size="compact-xs"
                variant="default"
                disabled={picked.rows.length === 0}
                onClick={() => setMoving(true)}
              >
                {t('details.move')}
              </Button>
            )}
            {picked && moving && <Move rows={picked.rows} onClose={() => setMoving(false)} />}
            {picked && (
              <Menu position="bottom-end" shadow="none">
                <Menu.Target>
                  <Button size="compact-xs" variant="default" ml="auto">
                    {t('details.export')}
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  {selections.map((format) => (
                    <Menu.Item key={format} onClick={() => void exportAs(format, picked.rows)}>
                      {t(`export.${format}`)}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
            )}
          </Group>
          {listed ? <PredictedList /> : <DocumentList filter={filter} order={order} sort={sort} />}
        </>
      )}
    </>
  );
}

/** How documents came to their topics; those that were only predicted are one choice more. */
function AssignedFilter(): React.ReactNode {
  const t = useT();
  const map = useStore((s) => s.map);
  const [how] = useStore((s) => s.selection.assignedBy);
  const { documents, listed } = usePredicted();
  const ways = useMemo(() => new Set(map?.assignedBy), [map]);
  if (!map || (ways.size < 2 && documents.length === 0)) return null;
  const data: { value: AssignedBy | 'new'; label: string }[] = map.assignments
    .filter((_, k) => ways.has(k))
    .map((value) => ({ value, label: t(`assigned.${value}`) }));
  if (documents.length > 0)
    data.push({ value: 'new', label: t('predicted.new', { count: count(documents.length) }) });
  return (
    <Select
      size="xs"
      w={150}
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      aria-label={t('documents.assigned')}
      placeholder={t('documents.assigned')}
      data={data}
      value={listed ? 'new' : (how ?? null)}
      onChange={(value) => {
        usePredicted.setState({ listed: value === 'new' });
        select({ assignedBy: value === null || value === 'new' ? [] : [value] });
      }}
    />
  );
}

function LabelFilter(): React.ReactNode {
  const t = useT();
  const names = useStore((s) => s.map?.labelNames);
  const labels = useStore((s) => s.selection.labels);
  if (!names || names.length === 0) return null;
  return (
    <Select
      size="xs"
      w={150}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      aria-label={t('documents.label')}
      placeholder={t('documents.label')}
      data={[...new Set(names)]}
      value={labels[0] ?? null}
      onChange={(label) => select({ labels: label === null ? [] : [label] })}
    />
  );
}
