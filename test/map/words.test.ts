import { expect, test } from 'vitest';
import { sampleFigures, sampleMap } from './sample-figures.ts';

/** Places in a figure where a person reads. */
const read = new Set([
  ...['title', 'hovertemplate', 'name', 'text', 'hovertext', 'ticktext', 'label'],
  ...['hoverformat', 'tickformatstops'],
]);

function texts(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return read.has(key) ? [value] : [];
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => texts(inner, Array.isArray(value) ? key : name));
}

// What the sample's topics and columns are called is data, as are colours, and Plotly's own places.
const data = /%\{[^}]*\}|<[^>]*>|&lt;|&gt;|#[0-9a-f]{6}|λ|(word|other)\d|third/g;
const english = (text: string): boolean => /\p{Script=Latin}{3,}/u.test(text.replaceAll(data, ''));

test.each([...Object.entries(sampleFigures('zh-CN')), ['map', sampleMap('zh-CN')] as const])(
  'says nothing of its own in English in the Chinese window: %s',
  (_name, figure) => {
    expect(texts(figure).filter(english)).toEqual([]);
  },
);

test('says the same, but for its words, in both languages', () => {
  const without = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (key, item: unknown) =>
        read.has(key) || key === 'customdata' ? undefined : item,
      ),
    );
  expect(without(sampleFigures('zh-CN'))).toEqual(without(sampleFigures('en')));
});
