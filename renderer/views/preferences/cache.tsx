import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CacheInfo } from '../../../core/protocol.ts';
import { ErrorNote } from '../../components/error-note.tsx';
import { useT } from '../../i18n/index.ts';
import { changeCache, emptyCache } from '../../state/cache.ts';
import { engine } from '../../state/engine.ts';
import { bytes } from '../../state/format.ts';
import { useStore } from '../../state/store.ts';

const limits = [1e9, 5e9, 20e9, 100e9];

/** Where embeddings, models and corpora are kept, how much of them, and how much there may be. */
export function Cache(): React.ReactNode {
  const t = useT();
  const info = useStore((s) => s.info);
  const [error, setError] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  if (!info) return null;
  const act = (work: Promise<void>): void => {
    setBusy(true);
    setError(null);
    work.catch(setError).finally(() => setBusy(false));
  };
  const none = 'none';
  const limit = info.cacheLimit === null ? none : String(info.cacheLimit);
  const sizes = [...new Set([...limits, ...(info.cacheLimit === null ? [] : [info.cacheLimit])])];
  return (
    <section className="card">
      <h2 className="section-title">{t('preferences.cache')}</h2>
      <Folder key={info.cacheFolder} info={info} busy={busy} act={act} />
      <Group justify="space-between" py={8} wrap="nowrap">
        <div>
          <Text>{t('preferences.cacheLimit')}</Text>
          <Text fz="xs" c="dimmed">
            {t('preferences.cacheLimitHint')}
          </Text>
        </div>
        <Select
          aria-label={t('preferences.cacheLimit')}
          value={limit}
          allowDeselect={false}
          disabled={busy}
          data={[
            ...sizes.sort((a, b) => a - b).map((size) => ({ value: String(size), label: bytes(size) })),
            { value: none, label: t('preferences.cacheNoLimit') },
          ]}
          onChange={(next) => act(changeCache({ limit: next === none ? null : Number(next) }))}
        />
      </Group>
      <Group justify="space-between" py={8} wrap="nowrap">
        <Text fz="sm" c="dimmed" className="numbers">
          {t('preferences.cacheSize', { size: bytes(info.cacheBytes) })}
        </Text>
        <Button variant="default" size="xs" loading={busy} onClick={() => act(emptyCache())}>
          {t('preferences.emptyCache')}
        </Button>
      </Group>
      {error && <ErrorNote error={error} />}
    </section>
  );
}

/** A path to type (the engine may be on another machine), or on the desktop to choose. */
function Folder({
  info,
  busy,
  act,
}: {
  info: CacheInfo;
  busy: boolean;
  act: (work: Promise<void>) => void;
}): React.ReactNode {
  const t = useT();
  const [folder, setFolder] = useState(info.cacheFolder);
  const { host } = engine();
  const choose = async (): Promise<void> => {
    const chosen = await host.choose('folder');
    if (chosen !== null) await changeCache({ folder: chosen });
  };
  return (
    <>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          style={{ flex: 1 }}
          label={t('preferences.cacheFolder')}
          description={t(info.cacheFixed ? 'preferences.cacheFixed' : 'preferences.cacheHint')}
          value={folder}
          readOnly={info.cacheFixed}
          onChange={(event) => setFolder(event.currentTarget.value)}
        />
        {!info.cacheFixed && host.kind === 'desktop' && (
          <Button variant="default" disabled={busy} onClick={() => act(choose())}>
            {t('preferences.chooseFolder')}
          </Button>
        )}
        {!info.cacheFixed && (
          <Button
            variant="default"
            disabled={busy || folder.trim() === info.cacheFolder}
            onClick={() => act(changeCache({ folder: folder.trim() === '' ? null : folder.trim() }))}
          >
            {t('preferences.useFolder')}
          </Button>
        )}
      </Group>
    </>
  );
}
