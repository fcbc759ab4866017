import { throwIfCancelled } from '../base/errors.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import type { DocumentTerms, TextTokens } from '../stages.ts';
import { Interner } from './interner.ts';
import { RowCounter } from './rows.ts';
import { termList } from './term-list.ts';

/**
 * Counts noun-like phrases without a tagger: two or three counted words that stand side by side, with nothing between them but
 * a space or hyphen (no stop word, no punctuation: the boundaries of Rose et al. 2010, RAKE), in at least two documents. In
 * English a phrase does not end in a word that is rarely a noun (…ly, …ing, …ed). The result is counted like words: give it to
 * `topicKeywords` with the labels for the phrases of every topic.
 * @param terms counts of single words of the same texts. @throws CancelledError
 */
export async function phraseTerms(
  texts: readonly string[],
  terms: DocumentTerms,
  language: string,
  context: StageContext,
): Promise<DocumentTerms> {
  const ends = Uint8Array.from(terms.vocabulary, (word) =>
    language === 'en' && /(?:ly|ing|ed)$/.test(word) ? 0 : 1,
  );
  const pairs = new Interner();
  // The interner joins ids of its own: a term's id there is its column, so reserve as many.
  const offset = terms.size;
  const rows = new RowCounter();
  const offsets = new Int32Array(texts.length + 1);
  const parts: number[][] = [];
  const phrase = (a: number, b: number): number => {
    const id = pairs.pair(a, b);
    if (id === parts.length) parts.push([...(a < offset ? [a] : parts[a - offset]), b]);
    return id + offset;
  };
  for (let d = 0; d < texts.length; d++) {
    if ((d & 511) === 0) {
      throwIfCancelled(context.signal);
      await breathe();
    }
    const tokens = terms.tokenize(texts[d]);
    let two = -1;
    for (let t = 1; t < tokens.terms.length; t++) {
      if (!sideBySide(texts[d], tokens, t)) {
        two = -1;
        continue;
      }
      const last = tokens.terms[t];
      const before = two;
      two = phrase(tokens.terms[t - 1], last);
      if (ends[last] === 0) continue;
      rows.add(two - offset);
      if (before >= 0) rows.add(phrase(before, last) - offset);
    }
    offsets[d + 1] = rows.endRow();
  }
  return select(texts.length, terms, parts, offsets, rows);
}

/** Whether token t and the one before are both counted and only a space or hyphen lies between them. */
function sideBySide(text: string, { terms, starts, ends }: TextTokens, t: number): boolean {
  if (terms[t] < 0 || terms[t - 1] < 0 || terms[t] === terms[t - 1]) return false;
  if (starts[t] - ends[t - 1] !== 1) return false;
  const between = text[ends[t - 1]];
  return between === ' ' || between === '-';
}

/** Keeps phrases of two documents and more, and writes them out. */
function select(
  documents: number,
  terms: DocumentTerms,
  parts: readonly number[][],
  offsets: Int32Array,
  rows: RowCounter,
): DocumentTerms {
  const frequency = new Int32Array(parts.length);
  for (let e = 0; e < rows.used; e++) frequency[rows.indices[e]]++;
  const columns = new Int32Array(parts.length).fill(-1);
  const vocabulary: string[] = [];
  const hidden: number[] = [];
  parts.forEach((columnsOf, id) => {
    if (frequency[id] < 2) return;
    columns[id] = vocabulary.push(columnsOf.map(terms.termAt).join(' ')) - 1;
    hidden.push(columnsOf.some((c) => terms.hidden[c] !== 0) ? 1 : 0);
  });
  const kept = new Int32Array(documents + 1);
  const indices: number[] = [];
  const counts: number[] = [];
  for (let d = 0; d < documents; d++) {
    for (let e = offsets[d]; e < offsets[d + 1]; e++) {
      if (columns[rows.indices[e]] < 0) continue;
      indices.push(columns[rows.indices[e]]);
      counts.push(rows.counts[e]);
    }
    kept[d + 1] = indices.length;
  }
  return {
    documents,
    ...termList(vocabulary),
    offsets: kept,
    indices: Int32Array.from(indices),
    counts: Int32Array.from(counts),
    hidden: Uint8Array.from(hidden),
    tokenize: (text) => {
      const { starts, ends } = terms.tokenize(text);
      return { terms: new Int32Array(starts.length).fill(-1), starts, ends };
    },
  };
}
