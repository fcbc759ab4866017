import {
  ActionIcon,
  Button,
  Group,
  Menu,
  Modal,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { useEffect, useState } from 'react';
import type { OperationPreview } from '../../../core/protocol.ts';
import { Icon } from '../../components/icons.tsx';
import { useT } from '../../i18n/index.ts';
import { count } from '../../state/format.ts';
import { apply, previewOperation, redo, undo } from '../../state/operations.ts';
import type { Operation } from '../../state/operations.ts';
import { useStore } from '../../state/store.ts';

type Dialog = 'rename' | 'split' | 'reduce' | 'outliers' | null;

/** Corrections of what is picked in the list; undo instead of "are you sure". */
export function TopicActions(): React.ReactNode {
  const t = useT();
  const picked = useStore((s) => s.selection.topics).filter((id) => id >= 0);
  const project = useStore((s) => s.project);
  const [dialog, setDialog] = useState<Dialog>(null);
  const one = picked.length === 1;
  return (
    <Group gap={4} px={12} py={4} style={{ borderBottom: '1px solid var(--line)' }}>
      <Button
        size="compact-xs"
        variant="default"
        disabled={picked.length < 2}
        onClick={() => void apply({ type: 'merge', topics: picked })}
      >
        {t('topics.merge')}
      </Button>
      <Button size="compact-xs" variant="default" disabled={!one} onClick={() => setDialog('split')}>
        {t('topics.split')}
      </Button>
      <Button size="compact-xs" variant="default" disabled={!one} onClick={() => setDialog('rename')}>
        {t('topics.rename')}
      </Button>
      <Menu position="bottom-start" shadow="none">
        <Menu.Target>
          <ActionIcon size="sm" variant="subtle" color="gray" c="var(--quiet)" aria-label={t('topics.more')}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            disabled={picked.length === 0}
            onClick={() => void apply({ type: 'delete', topics: picked })}
          >
            {t('topics.delete')}
          </Menu.Item>
          <Menu.Item onClick={() => setDialog('reduce')}>{t('topics.reduce')}</Menu.Item>
          <Menu.Item onClick={() => setDialog('outliers')}>{t('topics.reduceOutliers')}</Menu.Item>
          <Menu.Item onClick={() => void apply({ type: 'restore-outliers' })}>
            {t('topics.restoreOutliers')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Group gap={0} ml="auto" wrap="nowrap">
        <Tooltip label={t('action.undo')}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            disabled={!project?.undoable}
            aria-label={t('action.undo')}
            onClick={() => void undo()}
          >
            <Icon name="undo" size={14} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('action.redo')}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            disabled={!project?.redoable}
            aria-label={t('action.redo')}
            onClick={() => void redo()}
          >
            <Icon name="redo" size={14} />
          </ActionIcon>
        </Tooltip>
      </Group>
      {dialog && <OperationDialog kind={dialog} topic={picked[0]} onClose={() => setDialog(null)} />}
    </Group>
  );
}

const strategies = ['membership', 'embedding', 'ctfidf', 'distribution'] as const;

/** One operation with its settings and, before it is done, what it would change. */
function OperationDialog({
  kind,
  topic,
  onClose,
}: {
  kind: Exclude<Dialog, null>;
  topic: number;
  onClose: () => void;
}): React.ReactNode {
  const t = useT();
  const name = useStore((s) => s.topics.find((found) => found.id === topic)?.name) ?? '';
  const total = useStore((s) => s.topics.filter((found) => found.id >= 0).length);
  const [text, setText] = useState(name);
  const [size, setSize] = useState<number | string>('');
  const [to, setTo] = useState<number | string>(Math.max(1, Math.round(total / 2)));
  const [strategy, setStrategy] = useState<string>('membership');
  const [threshold, setThreshold] = useState<number | string>(0.2);

  const operation: Operation =
    kind === 'rename'
      ? { type: 'rename', topic, name: text }
      : kind === 'split'
        ? { type: 'split', topic, params: size === '' ? {} : { minTopicSize: Number(size) } }
        : kind === 'reduce'
          ? { type: 'reduce', to: Number(to) }
          : { type: 'outliers', strategy, threshold: Number(threshold) };
  const { found, error } = usePreview(kind === 'rename' ? null : operation);

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`operation.${kind}`, { name })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void apply(operation).then((done) => done && onClose());
        }}
      >
        <Stack gap="sm">
          {kind === 'rename' && (
            <TextInput
              label={t('operation.name')}
              value={text}
              data-autofocus
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
          {kind === 'split' && (
            <NumberInput
              label={t('operation.size')}
              placeholder={t('operation.auto')}
              min={2}
              value={size}
              onChange={setSize}
            />
          )}
          {kind === 'reduce' && (
            <NumberInput label={t('operation.to')} min={1} max={total} value={to} onChange={setTo} />
          )}
          {kind === 'outliers' && (
            <>
              <Select
                label={t('operation.strategy')}
                data={strategies.map((value) => ({ value, label: t(`strategy.${value}`) }))}
                value={strategy}
                allowDeselect={false}
                onChange={(value) => setStrategy(value ?? 'membership')}
              />
              <NumberInput
                label={t('operation.threshold')}
                min={0}
                max={1}
                step={0.05}
                value={threshold}
                onChange={setThreshold}
              />
            </>
          )}
          {kind !== 'rename' && (
            <Text fz="sm" c="dimmed" className="numbers" role="status">
              {error
                ? error.message
                : found
                  ? t('operation.preview', {
                      before: count(found.before.topics),
                      after: count(found.after.topics),
                      outliers: count(found.after.outliers),
                      changed: count(found.changed),
                    })
                  : t('operation.working')}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit">{t('action.apply')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What an operation would change, asked for a moment after the settings came to rest. */
function usePreview(operation: Operation | null): { found: OperationPreview | null; error: Error | null } {
  const key = operation && JSON.stringify(operation);
  const [state, setState] = useState<{ key: string; found: OperationPreview | null; error: Error | null }>({
    key: '',
    found: null,
    error: null,
  });
  useEffect(() => {
    if (key === null) return;
    let current = true;
    const timer = window.setTimeout(() => {
      previewOperation(JSON.parse(key) as Operation)
        .then((found) => current && setState({ key, found, error: null }))
        .catch((error: Error) => current && setState({ key, found: null, error }));
    }, 300);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [key]);
  return state.key === key ? state : { found: null, error: null };
}
