import type { Corpus, CorpusColumn } from '../stages.ts';
import { emptyTexts, firstOfEqual } from './read.ts';

/**
 * Two corpora as one, the second below the first. The second's text, id, label and date go into the columns that have those
 * roles in the first, its other columns into those of the same name; what one of them lacks is empty. An id that the first has
 * already gets a number behind it.
 * @returns the corpus and how many ids were changed.
 */
export function joinCorpora(first: Corpus, second: Corpus): { corpus: Corpus; renamed: number } {
  const taken = new Set(first.ids);
  let renamed = 0;
  const ids = second.ids.map((id) => {
    let free = id;
    for (let n = 2; taken.has(free); n++) free = `${id}-${n}`;
    if (free !== id) renamed++;
    taken.add(free);
    return free;
  });
  const below = new Map<string, readonly (string | null)[]>();
  const empty = (rows: number): null[] => new Array<null>(rows).fill(null);
  const roleOf = new Map(
    (['text', 'id', 'label', 'date'] as const).flatMap((role) => {
      const name = second.roles[role];
      const here = first.roles[role];
      return name === null || here === null ? [] : [[name, here] as const];
    }),
  );
  for (const { name, values } of second.columns) {
    const target = roleOf.get(name) ?? name;
    if (!below.has(target) || roleOf.has(name)) below.set(target, target === first.roles.id ? ids : values);
  }
  const columns = first.columns.map((column): CorpusColumn => ({
    name: column.name,
    values: [...column.values, ...(below.get(column.name) ?? empty(ids.length))],
  }));
  for (const [name, values] of below)
    if (!first.columns.some((column) => column.name === name))
      columns.push({ name, values: [...empty(first.ids.length), ...values] });
  const both = (
    a: readonly (string | null)[] | null,
    b: readonly (string | null)[] | null,
  ): (string | null)[] | null =>
    a === null && b === null ? null : [...(a ?? empty(first.ids.length)), ...(b ?? empty(ids.length))];
  const texts = [...first.texts, ...second.texts];
  return {
    renamed,
    corpus: {
      name: first.name,
      source: first.source,
      ids: [...first.ids, ...ids],
      texts,
      labels: both(first.labels, second.labels),
      dates: both(first.dates, second.dates),
      columns,
      roles: first.roles,
      skipped: [...first.skipped, ...second.skipped],
      empty: emptyTexts(texts),
      duplicateOf: firstOfEqual(texts),
    },
  };
}
