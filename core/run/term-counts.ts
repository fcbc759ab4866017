import { InputError } from '../base/errors.ts';
import { quietContext } from '../base/progress.ts';
import {
  countWords,
  editTerms,
  termList,
  vectoriseAndKeep,
  vectorise,
  type CorpusWords,
  type KeywordParams,
  type Vectorised,
  type VocabularyEdits,
} from '../keywords/index.ts';
import type { DocumentTerms } from '../stages.ts';
import type { VocabularyState } from '../topics/index.ts';

/** Word counts that are kept in a project because the texts that they came from are not there. */
export type KeptTerms = Pick<DocumentTerms, 'documents' | 'offsets' | 'indices' | 'counts' | 'hidden'> & {
  readonly vocabulary: readonly string[];
  readonly languages: readonly string[];
};

/** Kept counts as they are used; a text that would be typed in is cut at what is no letter or digit. */
export function restoreTerms(kept: KeptTerms): Vectorised {
  const columns = new Map(kept.vocabulary.map((word, column) => [word, column]));
  return {
    ...kept,
    ...termList(kept.vocabulary),
    tokenize: (text) => {
      const tokens = [...text.toLowerCase().matchAll(/[\p{L}\p{N}_]{2,}/gu)];
      return {
        terms: Int32Array.from(tokens, ([word]) => columns.get(word) ?? -1),
        starts: Int32Array.from(tokens, (token) => token.index),
        ends: Int32Array.from(tokens, (token) => token.index + token[0].length),
      };
    },
  };
}

/** Vocabularies kept counted: the run's own, and the ones between which undo and redo step. */
const keptVocabularies = 4;

/**
 * The words of a corpus, counted once for every state of the vocabulary that people bring about (stop words, thesaurus,
 * n-grams): operations that leave the words alone never read the texts again.
 */
export class TermCounts {
  private plain: Promise<Vectorised> | null = null;
  private read: Promise<CorpusWords | null> | null = null;
  private readonly edited = new Map<string, Promise<DocumentTerms>>();

  /**
   * @param counted counts that were made elsewhere, for a corpus whose texts are not there.
   * @param words the corpus' words, where they were read before.
   */
  constructor(
    private readonly texts: readonly string[],
    private readonly params: () => KeywordParams,
    private readonly counted: () => Promise<Vectorised | null> = async () => null,
    private readonly words: () => Promise<CorpusWords | null> = async () => null,
  ) {}

  /** As the run counted them. */
  own(): Promise<Vectorised> {
    this.plain ??= this.counted().then((there) => there ?? this.recount(this.params(), {}));
    return this.plain;
  }

  /** The corpus' words; null where they are too many to be kept. */
  private async corpusWords(): Promise<CorpusWords | null> {
    this.read ??= this.words().then(
      async (kept) => kept ?? (await vectoriseAndKeep(this.texts, this.params(), quietContext())).words,
    );
    return this.read;
  }

  private async recount(params: KeywordParams, edits: VocabularyEdits): Promise<Vectorised> {
    const words = await this.corpusWords();
    return words === null
      ? vectorise(this.texts, params, quietContext(), edits)
      : countWords(words, params, quietContext(), edits);
  }

  /** Under the edits of a state. */
  of(vocabulary: VocabularyState): Promise<DocumentTerms> {
    const { stopWords, keptWords, thesaurus, ngrams } = vocabulary;
    const untouched =
      stopWords.length + keptWords.length + Object.keys(thesaurus).length === 0 && ngrams === null;
    if (untouched) return this.own();
    const key = JSON.stringify([stopWords, keptWords, Object.entries(thesaurus), ngrams]);
    const known = this.edited.get(key) ?? this.count(vocabulary);
    // The latest stands last, so that the first to go is the one not asked for longest.
    this.edited.delete(key);
    this.edited.set(key, known);
    if (this.edited.size > keptVocabularies) this.edited.delete(this.edited.keys().next().value!);
    return known;
  }

  private async count(vocabulary: VocabularyState): Promise<DocumentTerms> {
    const { stopWords, keptWords, thesaurus, ngrams } = vocabulary;
    if (keptWords.length === 0 && ngrams === null) {
      const edited = editTerms(await this.own(), { stopWords, thesaurus });
      if (edited !== null) return edited;
    }
    if ((await this.counted()) !== null)
      throw new InputError(
        'This project was imported without its texts, so words can’t be counted anew; import it again with --corpus.',
      );
    const params = { ...this.params(), ngrams: ngrams ?? this.params().ngrams };
    return this.recount(params, { stopWords, keptWords, thesaurus });
  }
}
