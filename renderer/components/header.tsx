import { ActionIcon, Button, Group, Kbd, Tooltip } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { useT } from '../i18n/index.ts';
import type { Key } from '../i18n/index.ts';
import { prefer } from '../state/preferences.ts';
import { set, useStore } from '../state/store.ts';
import type { View } from '../state/store.ts';
import { ExportMenu } from './export-menu.tsx';
import { Icon, Mark } from './icons.tsx';
import { keysText } from './palette.tsx';

const tabs: { view: View; label: Key }[] = [
  { view: 'corpus', label: 'view.corpus' },
  { view: 'run', label: 'view.run' },
  { view: 'explore', label: 'view.explore' },
  { view: 'figures', label: 'view.figures' },
  { view: 'quality', label: 'view.quality' },
  { view: 'models', label: 'view.models' },
  { view: 'preferences', label: 'view.preferences' },
  { view: 'help', label: 'view.help' },
];

export function Header({ dark }: { dark: boolean }): React.ReactNode {
  const t = useT();
  const view = useStore((s) => s.view);
  const project = useStore((s) => s.project);
  const run = useStore((s) => s.run);
  const usable = (name: View): boolean => {
    if (name === 'run') return run !== null;
    if (name === 'explore' || name === 'figures' || name === 'quality') return project !== null;
    return true;
  };
  return (
    <header className="header">
      <a className="skip" href="#main">
        {t('header.skip')}
      </a>
      <div className="title-line">
        <div className="brand">
          <Mark />
          <span>{t('app.name')}</span>
        </div>
        <Facts />
        <Group gap={8} wrap="nowrap">
          <Button
            variant="default"
            size="xs"
            leftSection={<Icon name="search" size={14} />}
            rightSection={<Kbd size="xs">{keysText('mod+K')}</Kbd>}
            onClick={() => spotlight.open()}
            fw={400}
            style={{ flex: 'none' }}
          >
            {t('header.palette')}
          </Button>
          <Tooltip label={t(dark ? 'header.toLight' : 'header.toDark')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="md"
              c="var(--quiet)"
              aria-label={t(dark ? 'header.toLight' : 'header.toDark')}
              onClick={() => prefer({ theme: dark ? 'light' : 'dark' })}
            >
              <Icon name="theme" />
            </ActionIcon>
          </Tooltip>
          <ExportMenu />
        </Group>
      </div>
      <nav className="nav" aria-label={t('header.views')}>
        <div className="tabs">
          {tabs.map((tab) => (
            <button
              key={tab.view}
              type="button"
              className="tab"
              aria-current={view === tab.view ? 'page' : undefined}
              disabled={!usable(tab.view)}
              onClick={() => set({ view: tab.view })}
            >
              {t(tab.label)}
            </button>
          ))}
        </div>
      </nav>
    </header>
  );
}

/** What is on the screen and how it came about: name, model, device, seed. */
function Facts(): React.ReactNode {
  const t = useT();
  const project = useStore((s) => s.project);
  const draft = useStore((s) => s.draft);
  const run = useStore((s) => s.run);
  if (!project) {
    const name = run?.name || draft?.preview?.name;
    return <div className="facts">{name && <b>{name}</b>}</div>;
  }
  const facts = [
    project.model,
    t(`embedding.${project.embedding}` as Key),
    ...(project.device === 'none' ? [] : [project.device]),
    t('header.seed', { seed: project.seed }),
  ];
  return (
    <div className="facts">
      <b title={project.path}>{project.name}</b>
      {facts.map((fact) => (
        <span key={fact}>
          <span className="sep">· </span>
          {fact}
        </span>
      ))}
    </div>
  );
}
