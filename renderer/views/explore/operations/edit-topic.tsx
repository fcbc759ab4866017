import { NumberInput, Select, TagsInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useT } from '../../../i18n/index.ts';
import { useStore } from '../../../state/store.ts';
import { OperationDialog } from './dialog.tsx';

interface Own {
  topic: number;
  onClose: () => void;
}

const useTopic = (id: number) => useStore((s) => s.topics.find((topic) => topic.id === id));

export function Rename({ topic, onClose }: Own): React.ReactNode {
  const t = useT();
  const name = useTopic(topic)?.name ?? '';
  const [text, setText] = useState(name);
  return (
    <OperationDialog
      title={t('operation.rename', { name })}
      operation={{ type: 'rename', topic, name: text }}
      previewed={false}
      onClose={onClose}
    >
      <TextInput
        label={t('operation.name')}
        description={t('operation.nameHint')}
        value={text}
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </OperationDialog>
  );
}

/** Clusters one topic's documents again, with parameters of its own. */
export function Split({ topic, onClose }: Own): React.ReactNode {
  const t = useT();
  const name = useTopic(topic)?.name ?? '';
  const [size, setSize] = useState<number | string>('');
  const [samples, setSamples] = useState<number | string>('');
  const [selection, setSelection] = useState<string | null>('leaf');
  const params = {
    ...(size === '' ? {} : { minTopicSize: Number(size) }),
    ...(samples === '' ? {} : { minSamples: Number(samples) }),
    ...(selection === 'leaf' ? {} : { selection }),
  };
  return (
    <OperationDialog
      title={t('operation.split', { name })}
      operation={{ type: 'split', topic, params }}
      onClose={onClose}
    >
      <NumberInput
        label={t('operation.size')}
        description={t('operation.sizeHint')}
        placeholder={t('operation.auto')}
        min={2}
        allowDecimal={false}
        value={size}
        onChange={setSize}
      />
      <NumberInput
        label={t('operation.samples')}
        description={t('operation.samplesHint')}
        placeholder="1"
        min={1}
        allowDecimal={false}
        value={samples}
        onChange={setSamples}
      />
      <Select
        label={t('operation.selection')}
        data={[
          { value: 'leaf', label: t('selection.leaf') },
          { value: 'eom', label: t('selection.eom') },
        ]}
        value={selection}
        allowDeselect={false}
        onChange={setSelection}
      />
    </OperationDialog>
  );
}

/** Keywords that stand first whatever their weights are. */
export function Pin({ topic, onClose }: Own): React.ReactNode {
  const t = useT();
  const found = useTopic(topic);
  const [words, setWords] = useState<string[]>([...(found?.pinned ?? [])]);
  return (
    <OperationDialog
      title={t('operation.pin', { name: found?.name ?? '' })}
      operation={{ type: 'pin', topic, keywords: words }}
      onClose={onClose}
    >
      <TagsInput
        label={t('operation.pinned')}
        description={t('operation.pinnedHint')}
        data={found?.keywords.map((k) => k.keyword) ?? []}
        value={words}
        data-autofocus
        onChange={setWords}
      />
      {words.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('operation.unpin')}
        </Text>
      )}
    </OperationDialog>
  );
}
