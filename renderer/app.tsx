import { MantineProvider } from '@mantine/core';
import { useColorScheme, useHotkeys } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { Suspense, lazy, useEffect } from 'react';
import { Header } from './components/header.tsx';
import { DropTarget } from './components/drop-target.tsx';
import { Loading } from './components/loading.tsx';
import { loadPlotly } from './components/map/plotly.ts';
import { Palette } from './components/palette.tsx';
import { StatusBar } from './components/status-bar.tsx';
import { setLanguage, useT } from './i18n/index.ts';
import { announce } from './state/announce.ts';
import { keepPlaces } from './state/places.ts';
import { commands, runCommand } from './state/commands.ts';
import { usePreferences } from './state/preferences.ts';
import { projectTitle } from './state/project.ts';
import { useStore } from './state/store.ts';
import type { View } from './state/store.ts';
import { theme, variables } from './theme.ts';
import { Start } from './views/start/start.tsx';

// What the first window doesn't show is loaded when it is first looked at.
const parts: Record<Exclude<View, 'corpus'>, React.LazyExoticComponent<() => React.ReactNode>> = {
  run: lazy(async () => ({ default: (await import('./views/run/run.tsx')).RunView })),
  explore: lazy(async () => ({ default: (await import('./views/explore/explore.tsx')).Explore })),
  figures: lazy(async () => ({ default: (await import('./views/figures/figures.tsx')).Figures })),
  quality: lazy(async () => ({ default: (await import('./views/quality/quality.tsx')).QualityView })),
  models: lazy(async () => ({ default: (await import('./views/models/models.tsx')).Models })),
  preferences: lazy(async () => ({
    default: (await import('./views/preferences/preferences.tsx')).PreferencesView,
  })),
  help: lazy(async () => ({ default: (await import('./views/help/help.tsx')).Help })),
};

export function App(): React.ReactNode {
  const preferences = usePreferences();
  const system = useColorScheme('light', { getInitialValueInEffect: false });
  const scheme = preferences.theme === 'auto' ? system : preferences.theme;

  useEffect(() => setLanguage(preferences.language), [preferences.language]);
  useEffect(() => {
    document.documentElement.style.fontSize = `${preferences.zoom}%`;
  }, [preferences.zoom]);
  useEffect(() => announce(), []);
  useEffect(() => keepPlaces(), []);
  const ready = useStore((s) => s.info !== null);
  useEffect(() => (ready ? fetchAhead() : undefined), [ready]);
  useHotkeys(
    keyed.filter((c) => fieldsOwn.has(c.id)).map((c) => [c.keys!, () => runCommand(c.id)]),
    fields,
  );
  useHotkeys(
    keyed.filter((c) => !fieldsOwn.has(c.id)).map((c) => [c.keys!, () => runCommand(c.id)]),
    [],
  );

  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} forceColorScheme={scheme}>
      <Notifications position="bottom-right" />
      <Palette />
      <DropTarget>
        <div className="window">
          <Header dark={scheme === 'dark'} />
          <Main />
          <StatusBar />
        </div>
      </DropTarget>
    </MantineProvider>
  );
}

/** Fetches the map's parts while nothing else is to be done, so that the first map doesn't wait for them. */
function fetchAhead(): (() => void) | undefined {
  if (!('requestIdleCallback' in window)) return;
  const asked = window.requestIdleCallback(() => {
    void import('./views/explore/explore.tsx');
    void loadPlotly();
  });
  return () => window.cancelIdleCallback(asked);
}

const keyed = commands.filter((c) => c.keys);
// Undo in a text field is the field's own; so is Escape. All other shortcuts hold wherever the focus is.
const fieldsOwn = new Set(['edit.undo', 'edit.redo', 'edit.clear']);
const fields = ['INPUT', 'TEXTAREA', 'SELECT'];

function Main(): React.ReactNode {
  const view = useStore((s) => s.view);
  const t = useT();
  const opening = useStore((s) => s.opening);
  const View = view === 'corpus' ? Start : parts[view];
  return (
    <main id="main" aria-label={t(`view.${view}`)} style={{ minHeight: 0, minWidth: 0 }}>
      <Suspense fallback={<Loading what={t('loading.view')} />}>
        {opening === null ? (
          <View />
        ) : (
          <Loading what={t('loading.project', { name: projectTitle(opening) })} />
        )}
      </Suspense>
    </main>
  );
}
