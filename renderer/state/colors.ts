import { useComputedColorScheme } from '@mantine/core';
import { useStore } from './store.ts';

/** A topic's colour as it is on the map; outliers are grey. */
export function useTopicColors(): (topic: number) => string {
  const dark = useComputedColorScheme('light') === 'dark';
  const colors = useStore((s) => s.map?.colors);
  const table = dark ? colors?.dark : colors?.light;
  return (topic) => (topic < 0 ? 'var(--outlier)' : (table?.[topic] ?? 'var(--accent)'));
}

export function useTopicColor(topic: number): string {
  return useTopicColors()(topic);
}
