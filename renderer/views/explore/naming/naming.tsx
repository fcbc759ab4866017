import { Modal, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useT } from '../../../i18n/index.ts';
import { ByModel } from './by-model.tsx';
import { ByWords } from './by-words.tsx';

/** What topics are called: by one of several representations of their words, or by a language model. */
export function Naming({ onClose }: { onClose: () => void }): React.ReactNode {
  const t = useT();
  const [way, setWay] = useState('words');
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('naming.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <SegmentedControl
        size="xs"
        mb="md"
        aria-label={t('naming.title')}
        data={[
          { value: 'words', label: t('naming.words') },
          { value: 'model', label: t('naming.model') },
        ]}
        value={way}
        onChange={setWay}
      />
      {way === 'words' ? <ByWords onClose={onClose} /> : <ByModel />}
    </Modal>
  );
}
