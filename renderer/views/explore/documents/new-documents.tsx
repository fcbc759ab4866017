import {
  Button,
  Group,
  Modal,
  NumberInput,
  Progress,
  SegmentedControl,
  Select,
  Stack,
  Text,
} from '@mantine/core';
import { useRef, useState } from 'react';
import type { JoinReport, PredictedDocument } from '../../../../core/protocol.ts';
import { ErrorNote } from '../../../components/error-note.tsx';
import { useT } from '../../../i18n/index.ts';
import { chooseSource, grow, merge, predict } from '../../../state/new-documents.ts';
import { Joined } from './joined.tsx';
import { Predicted } from './predicted.tsx';

type Way = 'predict' | 'grow' | 'merge';
type Mode = 'keep' | 'map' | 'add';
type Outcome = { documents: PredictedDocument[] } | { joined: JoinReport };

/** New documents against the open project: predicted only, or taken into a new project; or another project merged with it. */
export function NewDocuments({ onClose }: { onClose: () => void }): React.ReactNode {
  const t = useT();
  const [way, setWay] = useState<Way>('predict');
  const [mode, setMode] = useState<Mode>('add');
  const [threshold, setThreshold] = useState<number | string>(0.7);
  const [fraction, setFraction] = useState<number | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const cancel = useRef<AbortController | null>(null);

  const start = async (): Promise<void> => {
    setError(null);
    try {
      const source = await chooseSource(way === 'merge' ? 'project' : 'file');
      if (source === null) return;
      cancel.current = new AbortController();
      setFraction(0);
      const listeners = { signal: cancel.current.signal, onProgress: setFraction };
      if (way === 'predict') setOutcome({ documents: await predict(source, listeners) });
      else if (way === 'grow') setOutcome({ joined: await grow(source, Number(threshold), listeners) });
      else setOutcome({ joined: await merge(source, mode, Number(threshold), listeners) });
    } catch (failure) {
      setError(failure as Error);
    } finally {
      setFraction(null);
    }
  };
  const close = (): void => {
    cancel.current?.abort();
    onClose();
  };

  return (
    <Modal
      opened
      onClose={close}
      title={t('newDocuments.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {outcome && 'documents' in outcome && <Predicted documents={outcome.documents} onClose={onClose} />}
      {outcome && 'joined' in outcome && <Joined report={outcome.joined} onClose={onClose} />}
      {!outcome && (
        <Stack gap="sm">
          <SegmentedControl
            size="xs"
            aria-label={t('newDocuments.title')}
            data={(['predict', 'grow', 'merge'] as const).map((value) => ({
              value,
              label: t(`newDocuments.${value}`),
            }))}
            value={way}
            onChange={setWay}
          />
          <Text fz="sm" c="dimmed">
            {t(`newDocumentsHint.${way}`)}
          </Text>
          {way === 'merge' && (
            <Select
              label={t('newDocuments.mode')}
              data={(['add', 'map', 'keep'] as const).map((value) => ({
                value,
                label: t(`mergeMode.${value}`),
              }))}
              value={mode}
              allowDeselect={false}
              onChange={(value) => setMode(value ?? 'add')}
            />
          )}
          {way !== 'predict' && (
            <NumberInput
              label={t('newDocuments.threshold')}
              min={-1}
              max={1}
              step={0.05}
              value={threshold}
              onChange={setThreshold}
            />
          )}
          {error && <ErrorNote error={error} />}
          {fraction !== null && (
            <Progress size="sm" value={100 * fraction} aria-label={t('newDocuments.working')} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('action.cancel')}
            </Button>
            <Button loading={fraction !== null} disabled={threshold === ''} onClick={() => void start()}>
              {t(way === 'merge' ? 'newDocuments.chooseProject' : 'newDocuments.choose')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
