import { throwIfCancelled } from '../base/errors.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import type { DocumentTerms, TextTokens } from '../stages.ts';
import { languagesInUse } from './language.ts';
import { ngramRange, type KeywordParams } from './params.ts';
import { RowCounter } from './rows.ts';
import { stopWordsFor } from './stop-words.ts';
import { TokenBuffer, Tokenizer } from './tokens.ts';
import { Vocabulary } from './vocabulary.ts';

/** What a person added to the parameters by editing topics. */
export interface VocabularyEdits {
  /** More words that are never counted. */
  readonly stopWords?: readonly string[];
  /** Words of the stop list that are counted after all. */
  readonly keptWords?: readonly string[];
  /** Word → the single word it is counted as, in lower case. */
  readonly thesaurus?: Readonly<Record<string, string>>;
}

/** The counts, and the languages whose stop words were left out. */
export interface Vectorised extends DocumentTerms {
  readonly languages: readonly string[];
}

/**
 * Counts terms in one pass over the texts; the numbers are those of scikit-learn's CountVectorizer (stop words go before
 * n-grams are joined, min_df and max_df count documents), the columns in the order of their first occurrence.
 * @param texts n documents; an empty one has no terms.
 * @throws UsageError for stop words that can't be found; CancelledError.
 */
export async function vectorise(
  texts: readonly string[],
  params: KeywordParams,
  context: StageContext,
  edits: VocabularyEdits = {},
): Promise<Vectorised> {
  const languages = languagesInUse(params.language, texts);
  const tokenizer = new Tokenizer(params.tokens, languages[0]);
  const aliases = new Map(Object.entries(edits.thesaurus ?? {}));
  const stop = stopSet(tokenizer, [...stopWordsFor(params.stopWords, languages), ...(edits.stopWords ?? [])]);
  for (const word of edits.keptWords ?? []) stop.delete(word);
  const vocabulary = new Vocabulary(stop, aliases);
  const { interner } = vocabulary;
  const rows = new RowCounter();
  const offsets = new Int32Array(texts.length + 1);
  const buffer = new TokenBuffer();
  const [low, high] = ngramRange(params.ngrams);

  for (let d = 0; d < texts.length; d++) {
    if ((d & 511) === 0) await report(d, texts.length, context);
    const text = tokenizer.prepare(texts[d]);
    tokenizer.cut(text, buffer);
    let one = -1; // the term before this one
    let two = -1; // the pair that ends with it
    for (let t = 0; t < buffer.count; t++) {
      const term = vocabulary.term(text, buffer.starts[t], buffer.ends[t], buffer.hashes[t]);
      if (term < 0) continue;
      if (low === 1) rows.add(term);
      if (high === 1) continue;
      const pair = one < 0 ? -1 : interner.pair(one, term);
      if (low <= 2 && pair >= 0) rows.add(pair);
      if (high === 3 && two >= 0) rows.add(interner.pair(two, term));
      one = term;
      two = pair;
    }
    offsets[d + 1] = rows.endRow();
  }

  const { columns, kept } = chooseColumns(rows, interner.count, texts.length, params);
  const words = kept.map((id) => interner.text(id));
  const hiddenIds = vocabulary.hidden();
  return {
    documents: texts.length,
    vocabulary: words,
    ...selectColumns(offsets, rows, columns),
    hidden: Uint8Array.from(kept, (id) => hiddenIds[id]),
    tokenize: (text) => readTokens(tokenizer, vocabulary, columns, text),
    languages,
  };
}

async function report(done: number, all: number, context: StageContext): Promise<void> {
  throwIfCancelled(context.signal);
  const text = `Counting words: document ${done} of ${all}`;
  context.onProgress({ kind: 'progress', stage: 'keywords', fraction: (0.9 * done) / all, text });
  await breathe();
}

/** Stop words as the tokeniser would cut them ("qu'il" is two tokens), so that each form in a text meets them. */
function stopSet(tokenizer: Tokenizer, words: readonly string[]): Set<string> {
  const set = new Set<string>();
  const buffer = new TokenBuffer();
  for (const word of words) {
    set.add(word);
    if (/^[\p{L}\p{M}\p{N}_]+$/u.test(word)) continue;
    const text = tokenizer.prepare(word);
    tokenizer.cut(text, buffer);
    for (let t = 0; t < buffer.count; t++) set.add(text.slice(buffer.starts[t], buffer.ends[t]));
  }
  return set;
}

/** Ids that are counted at all and within min_df and max_df, by rising id; and each id's column, or −1. */
function chooseColumns(
  rows: RowCounter,
  ids: number,
  documents: number,
  params: KeywordParams,
): { columns: Int32Array; kept: number[] } {
  const frequency = new Int32Array(ids);
  for (let e = 0; e < rows.used; e++) frequency[rows.indices[e]]++;
  const least = params.minDf < 1 ? params.minDf * documents : params.minDf;
  const most = params.maxDf <= 1 ? params.maxDf * documents : params.maxDf;
  const columns = new Int32Array(ids).fill(-1);
  const kept: number[] = [];
  for (let id = 0; id < ids; id++)
    if (frequency[id] > 0 && frequency[id] >= least && frequency[id] <= most) columns[id] = kept.push(id) - 1;
  return { columns, kept };
}

function selectColumns(
  offsets: Int32Array,
  rows: RowCounter,
  columns: Int32Array,
): { offsets: Int32Array; indices: Int32Array; counts: Int32Array } {
  const indices = new Int32Array(rows.used);
  const counts = new Int32Array(rows.used);
  const moved = new Int32Array(offsets.length);
  let used = 0;
  for (let d = 0; d + 1 < offsets.length; d++) {
    for (let e = offsets[d]; e < offsets[d + 1]; e++) {
      const column = columns[rows.indices[e]];
      if (column < 0) continue;
      indices[used] = column;
      counts[used++] = rows.counts[e];
    }
    moved[d + 1] = used;
  }
  return { offsets: moved, indices: indices.slice(0, used), counts: counts.slice(0, used) };
}

/** The tokens of one text with their places in it. */
function readTokens(
  tokenizer: Tokenizer,
  vocabulary: Vocabulary,
  columns: Int32Array,
  text: string,
): TextTokens {
  const buffer = new TokenBuffer();
  const prepared = tokenizer.prepare(text);
  // Where lowering or cleaning moved the letters, the places are those of a text lowered unit by unit.
  const aligned =
    prepared.length === text.length
      ? prepared
      : Array.from({ length: text.length }, (_, i) => {
          const low = text[i].toLowerCase();
          return low.length === 1 ? low : text[i];
        }).join('');
  tokenizer.cut(aligned, buffer);
  const starts = buffer.starts.slice(0, buffer.count);
  const ends = buffer.ends.slice(0, buffer.count);
  const terms = new Int32Array(buffer.count);
  for (let t = 0; t < buffer.count; t++) {
    const term = vocabulary.known(aligned, starts[t], ends[t], buffer.hashes[t]);
    terms[t] = term < 0 ? -1 : columns[term];
  }
  return { terms, starts, ends };
}
