import { Button, Group, PasswordInput, Progress, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { NamingPreview, NamingResult } from '../../../../core/protocol.ts';
import { ErrorNote } from '../../../components/error-note.tsx';
import { useT } from '../../../i18n/index.ts';
import { count } from '../../../state/format.ts';
import { nameTopics, previewNames, setEndpoint, useEndpoint } from '../../../state/naming.ts';
import { useStore } from '../../../state/store.ts';
import { Named } from './named.tsx';
import { Requests } from './requests.tsx';

type Step =
  | { at: 'form'; error?: Error }
  | { at: 'preview'; preview: NamingPreview }
  | { at: 'sending'; fraction: number }
  | { at: 'done'; result: NamingResult };

/** Names by a language model, off until it is switched on; what would be sent is shown before a single byte leaves. */
export function ByModel(): React.ReactNode {
  const t = useT();
  const endpoint = useEndpoint();
  const picked = useStore((s) => s.selection.topics).filter((id) => id >= 0);
  const [onlyPicked, setOnlyPicked] = useState(picked.length > 0);
  const [step, setStep] = useState<Step>({ at: 'form' });
  const cancel = useRef<AbortController | null>(null);
  const topics = onlyPicked ? picked : [];
  const failed = (error: unknown): void => setStep({ at: 'form', error: error as Error });

  const show = async (): Promise<void> => {
    await previewNames(topics).then((preview) => setStep({ at: 'preview', preview }), failed);
  };
  const send = async (preview: NamingPreview): Promise<void> => {
    cancel.current = new AbortController();
    setStep({ at: 'sending', fraction: 0 });
    await nameTopics(
      preview.requests.map((request) => request.topic),
      {
        signal: cancel.current.signal,
        onProgress: (fraction) => setStep({ at: 'sending', fraction }),
      },
    ).then((result) => setStep({ at: 'done', result }), failed);
  };

  if (step.at === 'done') return <Named result={step.result} onAgain={() => setStep({ at: 'form' })} />;
  if (step.at === 'sending')
    return (
      <Stack gap="sm" role="status">
        <Text fz="sm">{t('naming.sending')}</Text>
        <Progress size="sm" value={100 * step.fraction} aria-label={t('naming.sending')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => cancel.current?.abort()}>
            {t('action.cancel')}
          </Button>
        </Group>
      </Stack>
    );
  if (step.at === 'preview')
    return (
      <Requests
        preview={step.preview}
        onBack={() => setStep({ at: 'form' })}
        onSend={() => void send(step.preview)}
      />
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void show();
      }}
    >
      <Stack gap="sm">
        <Text fz="sm" c="dimmed">
          {t('naming.modelHint')}
        </Text>
        <Switch
          label={t('naming.allow')}
          checked={endpoint.allowed}
          onChange={(event) => setEndpoint({ allowed: event.currentTarget.checked })}
        />
        <TextInput
          label={t('naming.url')}
          description={t('naming.urlHint')}
          disabled={!endpoint.allowed}
          value={endpoint.url}
          onChange={(event) => setEndpoint({ url: event.currentTarget.value })}
        />
        <TextInput
          label={t('naming.modelName')}
          disabled={!endpoint.allowed}
          value={endpoint.model}
          onChange={(event) => setEndpoint({ model: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('naming.key')}
          description={t('naming.keyHint')}
          autoComplete="off"
          disabled={!endpoint.allowed}
          visibilityToggleButtonProps={{ 'aria-label': t('naming.showKey') }}
          value={endpoint.key}
          onChange={(event) => setEndpoint({ key: event.currentTarget.value })}
        />
        {picked.length > 0 && (
          <Switch
            label={t('naming.onlyPicked', { count: count(picked.length) })}
            checked={onlyPicked}
            disabled={!endpoint.allowed}
            onChange={(event) => setOnlyPicked(event.currentTarget.checked)}
          />
        )}
        {step.error && <ErrorNote error={step.error} />}
        <Group justify="flex-end">
          <Button type="submit" disabled={!endpoint.allowed || endpoint.model.trim() === ''}>
            {t('naming.show')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
