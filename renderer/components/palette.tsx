import { Spotlight } from '@mantine/spotlight';
import type { SpotlightActionGroupData } from '@mantine/spotlight';
import { Kbd } from '@mantine/core';
import { useT } from '../i18n/index.ts';
import { commands } from '../state/commands.ts';
import { count } from '../state/format.ts';
import { pickTopic } from '../state/selection.ts';
import { set, useStore } from '../state/store.ts';
import { Icon } from './icons.tsx';

const isMac = navigator.platform.startsWith('Mac');

/** A shortcut as its keys are labelled on this machine. */
export function keysText(keys: string): string {
  return keys
    .split('+')
    .map((key) => (key === 'mod' ? (isMac ? '⌘' : 'Ctrl') : key === 'shift' ? (isMac ? '⇧' : 'Shift') : key))
    .join(isMac ? '' : '+');
}

/** Everything that can be done now, and every topic, by typing its name (⌘K). */
export function Palette(): React.ReactNode {
  const t = useT();
  const state = useStore();
  const groups = new Map<string, SpotlightActionGroupData>();
  for (const command of commands) {
    if (!(command.enabled?.(state) ?? true)) continue;
    const group = t(command.group);
    if (!groups.has(group)) groups.set(group, { group, actions: [] });
    groups.get(group)!.actions.push({
      id: command.id,
      label: t(command.label),
      rightSection: command.keys ? <Kbd size="xs">{keysText(command.keys)}</Kbd> : undefined,
      onClick: () => command.run(),
    });
  }
  const topics = state.topics.map((topic) => ({
    id: `topic-${topic.id}`,
    label: topic.id < 0 ? t('topics.outliers') : topic.name,
    description: t('topics.count', { count: count(topic.count) }),
    keywords: topic.keywords.slice(0, 8).map((k) => k.keyword),
    onClick: () => {
      set({ view: 'explore' });
      pickTopic(topic.id);
    },
  }));
  if (topics.length > 0) groups.set('topics', { group: t('group.topics'), actions: topics });
  return (
    <Spotlight
      actions={[...groups.values()]}
      shortcut={['mod + K', 'mod + P']}
      nothingFound={t('palette.nothing')}
      highlightQuery
      limit={12}
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <Icon name="search" />,
        placeholder: t('palette.search'),
        'aria-label': t('palette.search'),
      }}
    />
  );
}
