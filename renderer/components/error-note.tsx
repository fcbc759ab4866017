import { Alert, Button, Group } from '@mantine/core';
import { said } from '../i18n/engine.ts';
import { useT } from '../i18n/index.ts';

/** An error in the engine's own sentence (what, where, what to do next), with a way on. */
export function ErrorNote({
  error,
  onAgain,
  onClose,
}: {
  error: Error;
  onAgain?: () => void;
  onClose?: () => void;
}): React.ReactNode {
  const t = useT();
  const cancelled = (error as { code?: string }).code === 'cancelled';
  return (
    <Alert
      color={cancelled ? 'gray' : 'red'}
      variant="light"
      title={t(cancelled ? 'run.cancelled' : 'error.title')}
      role="alert"
      styles={{ message: { color: 'var(--ink)' }, title: { color: 'var(--ink)' } }}
    >
      {cancelled ? t('run.cancelledHint') : said(error.message)}
      {(onAgain ?? onClose) && (
        <Group gap="xs" mt="sm">
          {onAgain && (
            <Button size="xs" variant="default" onClick={onAgain}>
              {t('action.again')}
            </Button>
          )}
          {onClose && (
            <Button size="xs" variant="subtle" onClick={onClose}>
              {t('action.back')}
            </Button>
          )}
        </Group>
      )}
    </Alert>
  );
}
