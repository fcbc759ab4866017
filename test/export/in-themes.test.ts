import { expect, test } from 'vitest';
import { inThemes, type FigureInThemes } from '../../core/export/in-themes.ts';
import { topicMap, topicMaps } from '../../core/map/index.ts';
import { sampleFigures, sampleMaps } from '../map/sample-figures.ts';
import { sampleMap } from '../map/sample.ts';

/** What a page does to a figure when its surroundings become dark. */
function turned({ dark, data, layout }: FigureInThemes): unknown {
  const figure = structuredClone({ data, layout });
  for (const [path, value] of dark) {
    let place = figure as unknown as Record<string | number, never>;
    for (const key of path.slice(0, -1)) place = place[key];
    place[path.at(-1)!] = value as never;
  }
  return figure;
}

const [light, dark] = [sampleFigures('en', 'light'), sampleFigures('en', 'dark')];
const all = {
  ...Object.fromEntries(
    Object.entries(light).map(([name, figure]) => [name, { light: figure, dark: dark[name as 'bars'] }]),
  ),
  map: sampleMaps(),
};

test.each(Object.entries(all))('the figure %s turns into what it is in the dark', (_name, both) => {
  const kept = inThemes(both);
  expect(kept.data).toBe(both.light.data);
  expect(kept.dark.length).toBeGreaterThan(0);
  expect(turned(kept)).toEqual(both.dark);
  // Colours change, and nothing that is large.
  for (const [path, value] of kept.dark) expect(JSON.stringify(value), path.join('.')).toMatch(/#|rgba/);
});

test('a map in both themes has its points once, and in each theme is the map of that theme', () => {
  const { x, y, labels, topics } = sampleMap(3000, 90);
  const input = { x, y, labels, topics, texts: Array.from(labels, String) };
  const { light, dark } = topicMaps(input);
  light.data.forEach((trace, t) => {
    for (const key of ['x', 'y', 'text', 'customdata']) expect(dark.data[t][key]).toBe(trace[key]);
  });
  for (const [theme, figure] of Object.entries({ light, dark })) {
    const own = topicMap({ ...input, theme: theme as 'light' });
    expect(figure.layout).toEqual(own.layout);
    expect(colorsByRow(figure)).toEqual(colorsByRow(own));
  }
});

/** The colour of each document. */
function colorsByRow({ data }: { data: Record<string, unknown>[] }): [number, string][] {
  return data
    .flatMap(({ customdata, marker }) =>
      Array.from(customdata as Int32Array, (row): [number, string] => [
        row,
        (marker as { color: string }).color,
      ]),
    )
    .sort(([a], [b]) => a - b);
}
