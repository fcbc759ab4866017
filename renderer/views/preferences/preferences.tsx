import { Button, Group, SegmentedControl, Select, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { saveBlob } from '../../client/files.ts';
import { useT } from '../../i18n/index.ts';
import { languages } from '../../i18n/index.ts';
import { engine } from '../../state/engine.ts';
import { report } from '../../state/notices.ts';
import { prefer, usePreferences } from '../../state/preferences.ts';
import type { Language } from '../../state/preferences.ts';
import { useStore } from '../../state/store.ts';
import { Cache } from './cache.tsx';

/** Theme, language, text size, device; where the cache is; the log to attach to a bug report. */
export function PreferencesView(): React.ReactNode {
  const t = useT();
  const preferences = usePreferences();
  return (
    <div className="page">
      <div className="sheet" style={{ maxWidth: 720 }}>
        <Title order={1} fz="1.25rem" mb="md">
          {t('view.preferences')}
        </Title>
        <Stack gap={16}>
          <section className="card">
            <Setting title={t('preferences.theme')}>
              <SegmentedControl
                aria-label={t('preferences.theme')}
                value={preferences.theme}
                onChange={(theme) => prefer({ theme: theme })}
                data={(['auto', 'light', 'dark'] as const).map((value) => ({
                  value,
                  label: t(`theme.${value}`),
                }))}
              />
            </Setting>
            <Setting title={t('preferences.language')}>
              <Select
                aria-label={t('preferences.language')}
                value={preferences.language}
                allowDeselect={false}
                data={[
                  { value: 'auto', label: t('preferences.system') },
                  ...Object.entries(languages).map(([value, label]) => ({ value, label })),
                ]}
                onChange={(language) => prefer({ language: language as Language })}
              />
            </Setting>
            <Setting title={t('preferences.zoom')}>
              <Select
                aria-label={t('preferences.zoom')}
                value={String(preferences.zoom)}
                allowDeselect={false}
                data={[80, 90, 100, 110, 125, 150, 175, 200].map((value) => ({
                  value: String(value),
                  label: t('preferences.percent', { value }),
                }))}
                onChange={(zoom) => prefer({ zoom: Number(zoom) })}
              />
            </Setting>
            <Setting title={t('preferences.device')} hint={t('preferences.deviceHint')}>
              <Select
                aria-label={t('preferences.device')}
                value={preferences.device}
                allowDeselect={false}
                data={['auto', 'cpu', 'webgpu', 'cuda', 'dml', 'coreml']}
                onChange={(device) => prefer({ device: device ?? 'auto' })}
              />
            </Setting>
          </section>
          <Cache />
          <Log />
          <Machine />
        </Stack>
      </div>
    </div>
  );
}

function Setting({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string;
  children: React.ReactNode;
}): React.ReactNode {
  return (
    <Group justify="space-between" py={8} wrap="nowrap">
      <div>
        <Text>{title}</Text>
        {hint && (
          <Text fz="xs" c="dimmed">
            {hint}
          </Text>
        )}
      </div>
      {children}
    </Group>
  );
}

function Log(): React.ReactNode {
  const t = useT();
  const [log, setLog] = useState<{ path: string; text: string } | null>(null);
  const show = (): void => {
    engine().request('app.log', {}).then(setLog).catch(report);
  };
  return (
    <section className="card">
      <h2 className="section-title">{t('preferences.log')}</h2>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('preferences.logHint')}
      </Text>
      <Group gap="xs">
        <Button variant="default" size="xs" onClick={show}>
          {t('preferences.showLog')}
        </Button>
        {log && (
          <Button
            variant="default"
            size="xs"
            onClick={() => saveBlob('moetopic.log', new Blob([log.text], { type: 'text/plain' }))}
          >
            {t('preferences.saveLog')}
          </Button>
        )}
      </Group>
      {log && (
        <>
          <Text fz="xs" c="dimmed" mt="sm" style={{ overflowWrap: 'anywhere' }}>
            {log.path}
          </Text>
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className="log" tabIndex={0}>
            {log.text.slice(-20_000) || t('preferences.logEmpty')}
          </pre>
        </>
      )}
    </section>
  );
}

/** What this machine has: devices and why each works or not, versions. */
function Machine(): React.ReactNode {
  const t = useT();
  const info = useStore((s) => s.info);
  const [found, setFound] = useState<Record<string, unknown> | null>(null);
  const look = (): void => {
    engine().request('doctor', {}).then(setFound).catch(report);
  };
  return (
    <section className="card">
      <h2 className="section-title">{t('preferences.machine')}</h2>
      <Text fz="sm" c="dimmed" className="numbers" mb="sm">
        {info &&
          [
            `MoETopic ${info.version}`,
            ...Object.entries(info.versions)
              .filter(([name]) => name !== 'moetopic')
              .map(([name, version]) => `${name} ${version}`),
          ].join(' · ')}
      </Text>
      <Button variant="default" size="xs" onClick={look}>
        {t('preferences.doctor')}
      </Button>
      {found && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className="log" tabIndex={0} style={{ marginTop: 12 }}>
          {JSON.stringify(found, null, 2)}
        </pre>
      )}
    </section>
  );
}
