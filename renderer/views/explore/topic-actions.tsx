import { ActionIcon, Button, Group, Menu, Tooltip } from '@mantine/core';
import { Icon } from '../../components/icons.tsx';
import { useT } from '../../i18n/index.ts';
import { redo, undo } from '../../state/operations.ts';
import { set, useStore } from '../../state/store.ts';
import type { Correction } from '../../state/store.ts';
import { NewDocuments } from './documents/new-documents.tsx';
import { Naming } from './naming/naming.tsx';
import { Outliers, PutBack, Reduce } from './operations/edit-all.tsx';
import { Pin, Rename, Split } from './operations/edit-topic.tsx';
import { Delete, Merge } from './operations/edit-some.tsx';
import { History } from './operations/history.tsx';
import { Words } from './operations/words.tsx';

/** Corrections of one topic, and of all; each is a dialog with its settings and a preview. */
const ofOne = { rename: Rename, split: Split, pin: Pin };
const ofSome = { merge: Merge, delete: Delete };
const ofAll = {
  reduce: Reduce,
  outliers: Outliers,
  putBack: PutBack,
  words: Words,
  naming: Naming,
  documents: NewDocuments,
  history: History,
};
const setDialog = (correction: Correction | null): void => set({ correction });

/** Corrections of what is picked in the list; undo instead of "are you sure". */
export function TopicActions(): React.ReactNode {
  const t = useT();
  const picked = useStore((s) => s.selection.topics).filter((id) => id >= 0);
  const project = useStore((s) => s.project);
  const dialog = useStore((s) => s.correction);
  const one = picked.length === 1;
  return (
    <Group gap={4} px={12} py={4} style={{ borderBottom: '1px solid var(--line)' }}>
      <Button
        size="compact-xs"
        variant="default"
        disabled={picked.length < 2}
        onClick={() => setDialog('merge')}
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
          <Menu.Item disabled={picked.length === 0} onClick={() => setDialog('delete')}>
            {t('topics.delete')}
          </Menu.Item>
          <Menu.Item disabled={!one} onClick={() => setDialog('pin')}>
            {t('topics.pin')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => setDialog('reduce')}>{t('topics.reduce')}</Menu.Item>
          <Menu.Item onClick={() => setDialog('outliers')}>{t('topics.reduceOutliers')}</Menu.Item>
          <Menu.Item onClick={() => setDialog('putBack')}>{t('topics.restoreOutliers')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => setDialog('words')}>{t('topics.words')}</Menu.Item>
          <Menu.Item onClick={() => setDialog('naming')}>{t('topics.naming')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => setDialog('documents')}>{t('topics.newDocuments')}</Menu.Item>
          <Menu.Item onClick={() => setDialog('history')}>{t('history.open')}</Menu.Item>
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
      {dialog && <Opened dialog={dialog} topics={picked} onClose={() => setDialog(null)} />}
    </Group>
  );
}

function Opened({
  dialog,
  topics,
  onClose,
}: {
  dialog: Correction;
  topics: readonly number[];
  onClose: () => void;
}): React.ReactNode {
  if (dialog in ofOne) {
    const One = ofOne[dialog as keyof typeof ofOne];
    return <One topic={topics[0]} onClose={onClose} />;
  }
  if (dialog in ofSome) {
    const Some = ofSome[dialog as keyof typeof ofSome];
    return <Some topics={topics} onClose={onClose} />;
  }
  const All = ofAll[dialog as keyof typeof ofAll];
  return <All onClose={onClose} />;
}
