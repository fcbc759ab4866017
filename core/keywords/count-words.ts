import type { StageContext } from '../base/progress.ts';
import { chooseColumns, type Columns } from './columns.ts';
import { readerOf, report, type CorpusWords } from './corpus-words.ts';
import { countPhrases, hiddenPhrases, type CountedPhrases } from './count-phrases.ts';
import { countedWords, type CountedWords } from './counted-words.ts';
import { ngramRange, type KeywordParams } from './params.ts';
import { stopSet } from './stop-set.ts';
import { Tokenizer } from './tokens.ts';
import type { Vectorised, VocabularyEdits } from './vectorise.ts';
import type { WordReader } from './word-reader.ts';

/**
 * Counts the terms of words that were read before: the same as `vectorise` gives for their texts, columns included.
 * @throws UsageError for stop words that can't be found; CancelledError.
 */
export async function countWords(
  words: CorpusWords,
  params: KeywordParams,
  context: StageContext,
  edits: VocabularyEdits = {},
): Promise<Vectorised> {
  const documents = words.offsets.length - 1;
  const { languages } = words;
  const stop = stopSet(new Tokenizer(params.tokens, languages[0]), params.stopWords, languages, edits);
  const counted = countedWords(words, stop, new Map(Object.entries(edits.thesaurus ?? {})));
  const phrases = await countPhrases(words, counted, ngramRange(params.ngrams), (done) =>
    report(Math.round(done * documents), documents, context),
  );
  const { rows, kept, columnOf } =
    params.minDf === 1 && params.maxDf === 1
      ? allColumns(phrases)
      : chooseColumns(phrases.rows, phrases.starts.length, params);
  const hiddenIds = hiddenPhrases(phrases, counted.hidden);
  const columnOfWord = wordColumns(counted, phrases, columnOf);
  const termAt = (column: number): string => textOf(phrases, kept[column], counted.vocabulary);
  let all: readonly string[] | null = null;
  let reader: WordReader | null = null;
  return {
    documents,
    size: kept.length,
    termAt,
    get vocabulary() {
      return (all ??= Array.from(kept, (_, column) => termAt(column)));
    },
    ...rows,
    hidden: kept === columnOf ? hiddenIds : Uint8Array.from(kept, (id) => hiddenIds[id]),
    tokenize: (text) => {
      reader ??= readerOf(words, params);
      const { words: found, starts, ends } = reader.find(text);
      return { terms: found.map((word) => (word < 0 ? -1 : columnOfWord[word])), starts, ends };
    },
    sequence: (d) => words.words.slice(words.offsets[d], words.offsets[d + 1]).map((w) => columnOfWord[w]),
    languages,
  };
}

/** Ids as they are: they were given out as columns are ordered. */
function allColumns({ rows, starts }: CountedPhrases): Columns {
  const all = new Int32Array(starts.length);
  for (let id = 0; id < all.length; id++) all[id] = id;
  return { rows, kept: all, columnOf: all };
}

/** By word of the corpus: the column of the single word that it is counted as, −1 for none. */
function wordColumns(
  { countedAs, vocabulary }: CountedWords,
  { words, starts, lengths }: CountedPhrases,
  columnOf: Int32Array,
): Int32Array {
  const own = new Int32Array(vocabulary.length).fill(-1);
  for (let id = 0; id < starts.length; id++) if (lengths[id] === 1) own[words[starts[id]]] = columnOf[id];
  return countedAs.map((word) => (word < 0 ? -1 : own[word]));
}

function textOf(
  { words, starts, lengths }: CountedPhrases,
  id: number,
  vocabulary: readonly string[],
): string {
  let text = vocabulary[words[starts[id]]];
  for (let i = 1; i < lengths[id]; i++) text += ` ${vocabulary[words[starts[id] + i]]}`;
  return text;
}
