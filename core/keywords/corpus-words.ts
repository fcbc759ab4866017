import { throwIfCancelled } from '../base/errors.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import { larger } from './interner.ts';
import { languagesInUse } from './language.ts';
import type { KeywordParams } from './params.ts';
import { Tokenizer } from './tokens.ts';
import { WordReader } from './word-reader.ts';

/**
 * The words of a corpus in the order of its texts, stop words included: what counting starts from whatever is stopped, mapped or
 * joined into phrases, so that no edit of the words reads the texts again.
 */
export interface CorpusWords {
  /** The languages whose stop words are left out, the main one first. */
  readonly languages: readonly string[];
  /** Different words, by first occurrence. */
  readonly vocabulary: readonly string[];
  /** 1 for a word that mostly stands as a piece of something that is no word. */
  readonly pieces: Uint8Array;
  /** Document d has words[offsets[d]] … words[offsets[d + 1] − 1]. */
  readonly offsets: Int32Array;
  /** Positions in the vocabulary. */
  readonly words: Int32Array;
}

/** Most words of a corpus that are kept (128 MB of numbers); a larger one is read anew when its words are edited. */
export const mostWordsKept = 1 << 25;

/** What decides how texts are cut: words that were cut under other parameters are other words. */
export function cuttingParams({ language, tokens }: KeywordParams): Record<string, unknown> {
  return { language, tokens };
}

/** A reader of a corpus' words as the parameters ask for, and the languages that it found. */
export function openReader(
  texts: readonly string[],
  params: KeywordParams,
): { reader: WordReader; languages: readonly string[] } {
  const languages = languagesInUse(params.language, texts);
  return { reader: new WordReader(new Tokenizer(params.tokens, languages[0])), languages };
}

/** A reader that knows the words already. */
export function readerOf(words: CorpusWords, params: KeywordParams): WordReader {
  return new WordReader(new Tokenizer(params.tokens, words.languages[0]), words.vocabulary);
}

/**
 * Reads the words of all texts, one document after the other.
 * @param visit gets each document's words: the first `count` of the reader's `words`.
 * @throws CancelledError
 */
export async function readWords(
  texts: readonly string[],
  reader: WordReader,
  context: StageContext,
  visit: (document: number, words: Int32Array, count: number) => void,
): Promise<void> {
  for (let d = 0; d < texts.length; d++) {
    if ((d & 511) === 0) await report(d, texts.length, context);
    const count = reader.read(texts[d]);
    visit(d, reader.words, count);
  }
}

/** Says where the counting is; a cancel is seen here. */
export async function report(done: number, all: number, context: StageContext): Promise<void> {
  throwIfCancelled(context.signal);
  context.onProgress({
    kind: 'progress',
    stage: 'keywords',
    fraction: (0.9 * done) / all,
    text: `Counting words: document ${done} of ${all}`,
  });
  await breathe();
}

/** Takes documents' words down as they are read; gives them up beyond the limit. */
export class WordRecorder {
  private all: Int32Array | null = new Int32Array(1 << 16);
  private used = 0;
  private readonly offsets: Int32Array;

  constructor(
    documents: number,
    private readonly limit: number = mostWordsKept,
  ) {
    this.offsets = new Int32Array(documents + 1);
  }

  add(document: number, words: Int32Array, count: number): void {
    if (this.all === null) return;
    if (this.used + count > this.limit) {
      this.all = null;
      return;
    }
    if (this.used + count > this.all.length)
      this.all = larger(this.all, Math.min(this.limit, Math.max(2 * this.all.length, this.used + count)));
    for (let i = 0; i < count; i++) this.all[this.used + i] = words[i];
    this.offsets[document + 1] = this.used += count;
  }

  /** What was taken down; null where it was too much. */
  finish(reader: WordReader, languages: readonly string[]): CorpusWords | null {
    if (this.all === null) return null;
    const words = this.all.slice(0, this.used);
    this.all = null;
    return {
      languages,
      vocabulary: reader.vocabulary(),
      pieces: reader.pieces(),
      offsets: this.offsets,
      words,
    };
  }
}
