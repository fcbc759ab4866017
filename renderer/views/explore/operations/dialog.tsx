import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useT } from '../../../i18n/index.ts';
import { apply } from '../../../state/operations.ts';
import type { Operation } from '../../../state/operations.ts';
import { usePreview } from '../../../state/preview.ts';
import { PreviewNote } from './preview-note.tsx';

/** One operation with its settings and, before it is done, what it would change. A null operation can't be done yet. */
export function OperationDialog({
  title,
  operation,
  previewed = true,
  onClose,
  children,
}: {
  title: string;
  operation: Operation | null;
  previewed?: boolean;
  onClose: () => void;
  children?: React.ReactNode;
}): React.ReactNode {
  const t = useT();
  const preview = usePreview(previewed ? operation : null);
  const [doing, setDoing] = useState(false);
  const submit = async (): Promise<void> => {
    if (!operation) return;
    setDoing(true);
    const done = await apply(operation);
    setDoing(false);
    if (done) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          {children}
          {previewed && operation && (
            <PreviewNote found={preview.found} measured={preview.measured} error={preview.error} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button
              type="submit"
              loading={doing}
              disabled={!operation || (previewed && preview.error !== null)}
            >
              {t('action.apply')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
