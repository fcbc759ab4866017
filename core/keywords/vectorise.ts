import type { StageContext } from '../base/progress.ts';
import type { DocumentTerms } from '../stages.ts';
import { chooseColumns } from './columns.ts';
import { openReader, readWords, WordRecorder, type CorpusWords } from './corpus-words.ts';
import { ngramRange, type KeywordParams } from './params.ts';
import { RowCounter } from './rows.ts';
import { stopSet } from './stop-set.ts';
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
 * n-grams are joined, min_df and max_df count documents), the columns in the order that `chooseColumns` tells.
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
    counter.add(d, words, count);
    recorder.add(d, words, count);
  });
  const words = recorder.finish(reader, languages);
  return { terms: counter.finish(reader.pieces()), words };
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
    const stop = stopSet(reader.tokenizer, params.stopWords, languages, edits);
    this.vocabulary = new Vocabulary(stop, aliases, (word) => reader.textOf(word));
    this.offsets = new Int32Array(documents + 1);
    [this.low, this.high] = ngramRange(params.ngrams);
  }

  add(document: number, words: Int32Array, count: number): void {
    const { vocabulary, rows, low, high } = this;
    const { interner } = vocabulary;
    let one = -1; // the term before this one
    let two = -1; // the pair that ends with it
    for (let t = 0; t < count; t++) {
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

  finish(pieces: Uint8Array): Vectorised {
    const { vocabulary, reader } = this;
    const { interner } = vocabulary;
    const counted = this.rows.finish(this.offsets);
    const { rows, kept, columnOf } = chooseColumns(counted, interner.count, this.params);
    const hiddenIds = vocabulary.hidden(pieces);
    const columnOfWord = (word: number): number => {
      const term = vocabulary.known(word);
      return term < 0 ? -1 : columnOf[term];
    };
    let all: readonly string[] | null = null;
    return {
      documents: this.documents,
      size: kept.length,
      termAt: (column) => interner.text(kept[column]),
      get vocabulary() {
        return (all ??= Array.from(kept, (id) => interner.text(id)));
      },
      ...rows,
      hidden: Uint8Array.from(kept, (id) => hiddenIds[id]),
      tokenize: (text) => {
        const { words: found, starts, ends } = reader.find(text);
        return { terms: found.map(columnOfWord), starts, ends };
      },
      languages: this.languages,
    };
  }
}
