import type { Corpus } from '../../core/stages.ts';
import type { StoredState } from '../../core/store/index.ts';

/** Documents with everything that a text column may hold. */
export const strangeTexts = [
  '<img src=x onerror=alert(1)>',
  'two\r\nlines, "quoted"',
  'nul \0 inside',
  'שלום עולם 👩‍🚀 \u2028 separator',
  '',
  '=HYPERLINK("http://x")',
  "it's; a|list",
  '两个字',
];

export function sampleCorpus(texts: readonly string[] = strangeTexts): Corpus {
  const ids = texts.map((_, i) => `doc-${i}`);
  const labels = texts.map((_, i) => (i % 3 === 0 ? null : `label ${i % 2}`));
  return {
    name: 'sample',
    source: 'sample.csv',
    ids,
    texts,
    labels,
    dates: null,
    columns: [
      { name: 'name', values: ids },
      { name: 'text', values: texts.map((t) => (t === '' ? null : t)) },
      { name: 'class', values: labels },
    ],
    roles: { text: 'text', id: 'name', label: 'class', date: null },
    skipped: [{ row: 9, reason: 'too many fields' }],
    empty: Int32Array.from(texts.flatMap((t, i) => (t === '' ? [i] : []))),
    duplicateOf: new Int32Array(texts.length).fill(-1),
  };
}

export function sampleState(labels: readonly number[]): StoredState {
  const ids = [...new Set(labels)].sort((a, b) => a - b);
  return {
    labels: Int32Array.from(labels),
    probabilities: Float64Array.from(labels, (l) => (l < 0 ? 0 : 0.5)),
    topics: ids.map((id) => ({
      id,
      name: `topic ${id}`,
      count: labels.filter((l) => l === id).length,
      share: labels.filter((l) => l === id).length / labels.length,
      keywords: [{ keyword: 'wörd "x"', weight: 0.25 }],
      representatives: ['doc-1'],
    })),
  };
}
