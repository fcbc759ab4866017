import { language } from '../i18n/index.ts';
import { engine } from './engine.ts';
import { usePreferences } from './preferences.ts';
import { useStore } from './store.ts';

/** Keeps the surroundings (window title, menus, what closing means) in step with the window. */
export function announce(): () => void {
  let last = '';
  const say = (): void => {
    const { project, run, draft, link } = useStore.getState();
    if (link === 'connecting') return;
    const name = project?.name ?? draft?.preview?.name;
    const state = {
      title: name ? `${name} — MoETopic` : 'MoETopic',
      path: project?.path ?? null,
      running: run !== null && !run.done,
      language: language(),
    };
    const now = JSON.stringify(state);
    if (now === last) return;
    last = now;
    engine().host.announce(state);
  };
  const offs = [useStore.subscribe(say), usePreferences.subscribe(() => queueMicrotask(say))];
  return () => offs.forEach((off) => off());
}
