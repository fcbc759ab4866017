import { Button, FileButton, Group, Modal, Text } from '@mantine/core';
import { Loading } from '../../../components/loading.tsx';
import { Scroll } from '../../../components/scroll.tsx';
import { said } from '../../../i18n/engine.ts';
import { useT } from '../../../i18n/index.ts';
import { useAnswer } from '../../../state/answer.ts';
import { goToStep, replayHistory, saveHistory } from '../../../state/history.ts';
import { useStore } from '../../../state/store.ts';

/** The log of corrections: to step back and forth in, to save, and to replay on another project. */
export function History({ onClose }: { onClose: () => void }): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const { answer: entries } = useAnswer('topics.log', {}, topics);
  const done = entries?.filter((entry) => !entry.undone).length ?? 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('history.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {!entries && <Loading what={t('operation.working')} />}
      {entries?.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('history.none')}
        </Text>
      )}
      {entries && entries.length > 0 && (
        <Scroll label={t('history.list')} style={{ overflow: 'auto', maxHeight: '50vh' }}>
          <ol className="history" start={0}>
            <li>
              <span>{t('history.fit')}</span>
              {done > 0 && <Step done={0} label={t('history.goHere')} />}
            </li>
            {entries.map((entry, k) => (
              <li key={entry.index} className={entry.undone ? 'undone' : ''}>
                <span dir="auto">{said(entry.text)}</span>
                {entry.undone && <em className="quiet">{t('history.undone')}</em>}
                {entry.undone ? (
                  <Step done={k + 1} label={t('history.redoHere')} />
                ) : (
                  k + 1 < done && <Step done={k + 1} label={t('history.goHere')} />
                )}
              </li>
            ))}
          </ol>
        </Scroll>
      )}
      <Text fz="xs" c="dimmed" mt="md">
        {t('history.hint')}
      </Text>
      <Group justify="flex-end" mt="sm">
        <FileButton accept="application/json,.json" onChange={(file) => file && void replayHistory(file)}>
          {(props) => (
            <Button {...props} variant="default">
              {t('history.replay')}
            </Button>
          )}
        </FileButton>
        <Button disabled={!entries || done === 0} onClick={() => entries && saveHistory(entries)}>
          {t('history.save')}
        </Button>
      </Group>
    </Modal>
  );
}

function Step({ done, label }: { done: number; label: string }): React.ReactNode {
  return (
    <Button size="compact-xs" variant="subtle" onClick={() => void goToStep(done)}>
      {label}
    </Button>
  );
}
