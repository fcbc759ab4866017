import type { DocumentTerms } from '../stages.ts';
import { hasPhrases, termList } from './term-list.ts';
import type { VocabularyEdits } from './vectorise.ts';

/**
 * Counts after more stop words and thesaurus entries, without reading the texts again. Null where
 * the texts have to be counted anew: a vocabulary of phrases (a dropped word brings its neighbours together), or words of the
 * stop list that are to be counted after all.
 */
export function editTerms(terms: DocumentTerms, edits: VocabularyEdits): DocumentTerms | null {
  if (edits.keptWords?.length) return null;
  if (hasPhrases(terms)) return null;
  const stop = new Set(edits.stopWords);
  const aliases = new Map(Object.entries(edits.thesaurus ?? {}));
  const vocabulary: string[] = [];
  const hidden: number[] = [];
  const columnOf = new Map<string, number>();
  const moved = Int32Array.from(terms.vocabulary, (word, old) => {
    const target = aliases.get(word) ?? word;
    if (stop.has(word) || stop.has(target)) return -1;
    let column = columnOf.get(target);
    if (column === undefined) {
      column = vocabulary.push(target) - 1;
      columnOf.set(target, column);
      hidden.push(target === word ? terms.hidden[old] : 0);
    } else if (target === word) hidden[column] = terms.hidden[old];
    return column;
  });
  const { sequence } = terms;
  const offsets = new Int32Array(terms.documents + 1);
  const indices = new Int32Array(terms.indices.length);
  const counts = new Int32Array(terms.indices.length);
  const place = new Int32Array(vocabulary.length).fill(-1);
  let used = 0;
  for (let d = 0; d < terms.documents; d++) {
    const start = used;
    for (let e = terms.offsets[d]; e < terms.offsets[d + 1]; e++) {
      const column = moved[terms.indices[e]];
      if (column < 0) continue;
      if (place[column] >= start) counts[place[column]] += terms.counts[e];
      else {
        place[column] = used;
        indices[used] = column;
        counts[used++] = terms.counts[e];
      }
    }
    offsets[d + 1] = used;
  }
  return {
    documents: terms.documents,
    ...termList(vocabulary),
    offsets,
    indices: indices.slice(0, used),
    counts: counts.slice(0, used),
    hidden: Uint8Array.from(hidden),
    tokenize: (text) => {
      const tokens = terms.tokenize(text);
      return { ...tokens, terms: tokens.terms.map((t) => (t < 0 ? -1 : moved[t])) };
    },
    ...(sequence && { sequence: (d: number) => sequence(d).map((t) => (t < 0 ? -1 : moved[t])) }),
  };
}
