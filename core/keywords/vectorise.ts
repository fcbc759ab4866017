import type { StageContext } from '../base/progress.ts';
import type { DocumentTerms } from '../stages.ts';
import { openReader, readerOf, readWords, report, WordRecorder, type CorpusWords } from './corpus-words.ts';
import { ngramRange, type KeywordParams } from './params.ts';
import { RowCounter } from './rows.ts';
import { stopWordsFor } from './stop-words.ts';
import { TokenBuffer, type Tokenizer } from './tokens.ts';
import { Vocabulary } from './vocabulary.ts';
import type { WordReader } from './word-reader.ts';

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
  return (await vectoriseAndKeep(texts, params, context, edits, 0)).terms;
}

/**
 * The same, and the words that were counted, for counting again under other edits.
 * @param most words that are kept; null beyond it.
 */
export async function vectoriseAndKeep(
  texts: readonly string[],
  params: KeywordParams,
  context: StageContext,
  edits: VocabularyEdits = {},
  most?: number,
): Promise<{ terms: Vectorised; words: CorpusWords | null }> {
  const { reader, languages } = openReader(texts, params);
  const counter = new Counter(texts.length, params, edits, languages, reader);
  const recorder = new WordRecorder(texts.length, most);
  await readWords(texts, reader, context, (d, words, count) => {
    counter.add(d, words, 0, count);
    recorder.add(d, words, count);
  });
  const words = recorder.finish(reader, languages);
  return { terms: counter.finish(reader.pieces(), null), words };
}

/** Counts the terms of words that were read before: the same as `vectorise` gives for their texts. Throws as it does. */
export async function countWords(
  words: CorpusWords,
  params: KeywordParams,
  context: StageContext,
  edits: VocabularyEdits = {},
): Promise<Vectorised> {
  const documents = words.offsets.length - 1;
  const reader = readerOf(words, params);
  const counter = new Counter(documents, params, edits, words.languages, reader);
  counter.reserve(words.words.length);
  for (let d = 0; d < documents; d++) {
    if ((d & 2047) === 0) await report(d, documents, context);
    counter.add(d, words.words, words.offsets[d], words.offsets[d + 1]);
  }
  return counter.finish(words.pieces, words);
}

/** Counts the terms of one document after the other. */
class Counter {
  private readonly vocabulary: Vocabulary;
  private readonly rows = new RowCounter();
  private readonly offsets: Int32Array;
  private readonly low: number;
  private readonly high: number;

  constructor(
    private readonly documents: number,
    private readonly params: KeywordParams,
    edits: VocabularyEdits,
    private readonly languages: readonly string[],
    private readonly reader: WordReader,
  ) {
    const aliases = new Map(Object.entries(edits.thesaurus ?? {}));
    const lists = [...stopWordsFor(params.stopWords, languages), ...(edits.stopWords ?? [])];
    const stop = stopSet(reader.tokenizer, lists);
    for (const word of edits.keptWords ?? []) stop.delete(word);
    this.vocabulary = new Vocabulary(stop, aliases, (word) => reader.textOf(word));
    this.offsets = new Int32Array(documents + 1);
    [this.low, this.high] = ngramRange(params.ngrams);
  }

  /** Makes room for the phrases of so many words, of which stop words are a half, and a third of the phrases repeat. */
  reserve(words: number): void {
    const phrases = Math.round((words / 3) * (this.high - 1));
    if (phrases > 0) this.vocabulary.interner.reservePairs(phrases);
    this.rows.reserve(Math.round(0.4 * words * this.high), phrases);
  }

  add(document: number, words: Int32Array, from: number, to: number): void {
    const { vocabulary, rows, low, high } = this;
    const { interner } = vocabulary;
    let one = -1; // the term before this one
    let two = -1; // the pair that ends with it
    for (let t = from; t < to; t++) {
      const term = vocabulary.term(words[t]);
      if (term < 0) continue;
      if (low === 1) rows.add(term);
      if (high === 1) continue;
      const pair = one < 0 ? -1 : interner.pair(one, term);
      if (low <= 2 && pair >= 0) rows.add(pair);
      if (high === 3 && two >= 0) rows.add(interner.pair(two, term));
      one = term;
      two = pair;
    }
    this.offsets[document + 1] = rows.endRow();
  }

  finish(pieces: Uint8Array, words: CorpusWords | null): Vectorised {
    const { documents, params, vocabulary, rows, reader } = this;
    const { interner } = vocabulary;
    const { columns, kept } = chooseColumns(rows, interner.count, documents, params);
    const hiddenIds = vocabulary.hidden(pieces);
    const columnOf = (word: number): number => {
      const term = vocabulary.known(word);
      return term < 0 ? -1 : columns[term];
    };
    const termAt = (column: number): string => interner.text(kept[column]);
    let all: readonly string[] | null = null;
    return {
      documents,
      size: kept.length,
      termAt,
      get vocabulary() {
        return (all ??= Array.from(kept, (id) => interner.text(id)));
      },
      ...selectColumns(this.offsets, rows, columns, kept.length === interner.count),
      hidden: new Uint8Array(kept.length).map((_, column) => hiddenIds[kept[column]]),
      tokenize: (text) => {
        const { words: found, starts, ends } = reader.find(text);
        return { terms: found.map(columnOf), starts, ends };
      },
      ...(words && {
        sequence: (d: number) => words.words.slice(words.offsets[d], words.offsets[d + 1]).map(columnOf),
      }),
      languages: this.languages,
    };
  }
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
): { columns: Int32Array; kept: Int32Array } {
  // Single words are counted wherever they stand, and so are the phrases of them: every id has an entry.
  if (params.minDf === 1 && params.maxDf === 1 && ngramRange(params.ngrams)[0] === 1) {
    const all = Int32Array.from({ length: ids }, (_, id) => id);
    return { columns: all, kept: all };
  }
  const frequency = new Int32Array(ids);
  for (let e = 0; e < rows.used; e++) frequency[rows.indices[e]]++;
  const least = params.minDf < 1 ? params.minDf * documents : params.minDf;
  const most = params.maxDf <= 1 ? params.maxDf * documents : params.maxDf;
  const columns = new Int32Array(ids).fill(-1);
  const kept = new Int32Array(ids);
  let used = 0;
  for (let id = 0; id < ids; id++)
    if (frequency[id] > 0 && frequency[id] >= least && frequency[id] <= most) {
      columns[id] = used;
      kept[used++] = id;
    }
  return { columns, kept: kept.subarray(0, used) };
}

function selectColumns(
  offsets: Int32Array,
  rows: RowCounter,
  columns: Int32Array,
  allKept: boolean,
): { offsets: Int32Array; indices: Int32Array; counts: Int32Array } {
  if (allKept)
    return { offsets, indices: rows.indices.slice(0, rows.used), counts: rows.counts.slice(0, rows.used) };
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
