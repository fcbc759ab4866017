import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useT } from '../../i18n/index.ts';
import type { Key } from '../../i18n/index.ts';
import { Icon } from '../../components/icons.tsx';
import { chooseAndOpen, openBundled } from '../../state/corpus.ts';
import { count, day } from '../../state/format.ts';
import { openProject } from '../../state/project.ts';
import { useStore } from '../../state/store.ts';

/** What to drop here, what to try, and where one was before. */
export function Landing(): React.ReactNode {
  const t = useT();
  const info = useStore((s) => s.info);
  // The bench of the start waits for this: corpora are there to be clicked.
  useEffect(() => {
    if (info) performance.mark('start-usable');
  }, [info]);
  return (
    <div className="sheet">
      <div className="drop">
        <Title order={1} fz="1.5rem">
          {t('start.title')}
        </Title>
        <Text maw={560} c="dimmed">
          {t('start.hint')}
        </Text>
        <Group gap="xs" justify="center">
          <Button leftSection={<Icon name="file" />} onClick={() => void chooseAndOpen('file')}>
            {t('action.openFile')}
          </Button>
          <Button
            variant="default"
            leftSection={<Icon name="folder" />}
            onClick={() => void chooseAndOpen('folder')}
          >
            {t('action.openFolder')}
          </Button>
          <Button variant="default" onClick={() => void chooseAndOpen('project')}>
            {t('action.openProject')}
          </Button>
        </Group>
        <Text fz="xs" c="dimmed">
          {t('start.formats')}
        </Text>
      </div>

      <Stack gap={32} mt={32}>
        <section>
          <h2 className="section-title">{t('start.try')}</h2>
          <div className="tiles">
            {(info?.corpora ?? []).map((corpus) => (
              <button
                key={corpus.name}
                type="button"
                className="tile"
                onClick={() => void openBundled(corpus.name)}
              >
                <span className="name">{corpus.title}</span>
                <span className="note numbers">
                  {t('start.documents', { count: count(corpus.documents) })}
                  {corpus.ready ? '' : ` · ${t('start.fetched')}`}
                </span>
                <span className="note">{t(`corpus.${corpus.name}` as Key)}</span>
              </button>
            ))}
          </div>
        </section>
        <section>
          <h2 className="section-title">{t('start.recent')}</h2>
          {info && info.recent.length === 0 && <Text c="dimmed">{t('start.noRecent')}</Text>}
          <div className="tiles">
            {(info?.recent ?? []).map((recent) => (
              <button
                key={recent.path}
                type="button"
                className="tile"
                title={recent.path}
                onClick={() => void openProject(recent.path)}
              >
                <span className="name">{recent.name}</span>
                <span className="note numbers">
                  {t('start.recentNote', { count: count(recent.documents), day: day(recent.opened) })}
                </span>
              </button>
            ))}
          </div>
        </section>
      </Stack>
    </div>
  );
}
