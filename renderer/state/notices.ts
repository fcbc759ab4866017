import { notifications } from '@mantine/notifications';
import { said } from '../i18n/engine.ts';
import { t } from '../i18n/index.ts';

/** Tells of an error where the person looks anyway, in the engine's own sentence. */
export function report(error: unknown): void {
  const code = (error as { code?: string }).code;
  if (code === 'cancelled') return;
  notifications.show({
    color: 'red',
    title: t('error.title'),
    message: said(error instanceof Error ? error.message : String(error)),
    autoClose: 12_000,
    closeButtonProps: { 'aria-label': t('action.close') },
  });
}

export function tell(message: string): void {
  notifications.show({
    message,
    autoClose: 5000,
    closeButtonProps: { 'aria-label': t('action.close') },
  });
}
