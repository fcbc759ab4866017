import { Select, Text } from '@mantine/core';
import { useState } from 'react';
import { useT } from '../../../i18n/index.ts';
import { count } from '../../../state/format.ts';
import { useStore } from '../../../state/store.ts';
import { OperationDialog } from './dialog.tsx';

interface Some {
  topics: readonly number[];
  onClose: () => void;
}

function useNames(ids: readonly number[]): string[] {
  const topics = useStore((s) => s.topics);
  return ids.map((id) => topics.find((topic) => topic.id === id)?.name ?? String(id));
}

/** Makes one topic of those that are picked. */
export function Merge({ topics, onClose }: Some): React.ReactNode {
  const t = useT();
  const names = useNames(topics);
  return (
    <OperationDialog
      title={t('operation.merge', { count: count(topics.length) })}
      operation={{ type: 'merge', topics }}
      onClose={onClose}
    >
      <Text fz="sm" c="dimmed">
        {t('operation.mergeHint', { names: names.join('; ') })}
      </Text>
    </OperationDialog>
  );
}

/** Gives the documents of the picked topics to the outliers. */
export function Delete({ topics, onClose }: Some): React.ReactNode {
  const t = useT();
  const names = useNames(topics);
  return (
    <OperationDialog
      title={
        topics.length === 1
          ? t('operation.delete', { name: names[0] })
          : t('operation.deleteMany', { count: count(topics.length) })
      }
      operation={{ type: 'delete', topics }}
      onClose={onClose}
    >
      <Text fz="sm" c="dimmed">
        {t('operation.deleteHint')}
      </Text>
    </OperationDialog>
  );
}

/** Puts documents into a topic by hand, or to the outliers. */
export function Move({ rows, onClose }: { rows: Int32Array; onClose: () => void }): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const [topic, setTopic] = useState<string | null>(null);
  const targets = topics.some(({ id }) => id < 0) ? topics : [...topics, { id: -1, name: '' }];
  return (
    <OperationDialog
      title={t('operation.move', { count: count(rows.length) })}
      operation={topic === null ? null : { type: 'move', rows: Array.from(rows), topic: Number(topic) }}
      onClose={onClose}
    >
      <Select
        searchable
        data-autofocus
        label={t('operation.moveTo')}
        description={t('operation.moveHint')}
        data={targets.map(({ id, name }) => ({
          value: String(id),
          label: id < 0 ? t('topics.outliers') : `${name || id} (${id})`,
        }))}
        value={topic}
        onChange={setTopic}
      />
    </OperationDialog>
  );
}
