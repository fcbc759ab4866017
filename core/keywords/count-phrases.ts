import type { CorpusWords } from './corpus-words.ts';
import type { CountedRows } from './columns.ts';
import { PIECE, type CountedWords } from './counted-words.ts';
import { BREAK, firstPlaces, type FirstPlaces } from './same-phrases.ts';

/** Documents between two pauses. */
const stretch = 2048;

/**
 * Counted words and phrases. Those that stand more than once have the first numbers, so that what is looked up again and again
 * lies close together; within either kind the numbers follow the first places.
 */
export interface CountedPhrases {
  /** The corpus as it was counted: words in order, BREAK after each document. */
  readonly words: Int32Array;
  /** By id: where it first stands in `words`, and how many words it has. */
  readonly starts: Int32Array;
  readonly lengths: Uint8Array;
  readonly rows: CountedRows;
}

/**
 * Counts all phrases of `low` to `high` counted words, 1 to 3.
 * @param pause is awaited now and then, with the share of the work that is done.
 */
export async function countPhrases(
  corpus: CorpusWords,
  { countedAs, vocabulary }: CountedWords,
  [low, high]: readonly [number, number],
  pause: (done: number) => Promise<void>,
): Promise<CountedPhrases> {
  const size = vocabulary.length;
  const words = inOrder(corpus, countedAs);
  const early = (): Promise<void> => pause(0.2);
  const single = firstWords(words, size);
  const pairs = high < 2 ? single : await firstPlaces(words, size, words, size, 2, early);
  const triples = high < 3 ? single : await firstPlaces(words, size, pairs.first, words.length, 3, early);
  const told = [single, pairs, triples].slice(low - 1, high);
  const counter = new PhraseCounter(words.length, told);
  const documents = corpus.offsets.length - 1;
  const offsets = new Int32Array(documents + 1);
  for (let d = 0, p = 0; d < documents; d++, p++) {
    if (d % stretch === 0) await pause(0.5 + (0.5 * d) / documents);
    // In the order of their ends, the shortest first.
    for (const from = p; words[p] !== BREAK; p++)
      for (let i = 0; i < told.length; i++)
        if (p - from >= low + i - 1) counter.add(i, p - (low + i - 1), low + i);
    offsets[d + 1] = counter.endRow();
  }
  return { words, ...counter.finish(offsets) };
}

/** Which phrases are not shown as keywords: 0 for one that may be. */
export function hiddenPhrases(
  { words, starts, lengths }: CountedPhrases,
  hiddenWords: Uint8Array,
): Uint8Array {
  const hidden = new Uint8Array(starts.length);
  for (let id = 0; id < starts.length; id++) {
    const start = starts[id];
    let all = hiddenWords[words[start]];
    for (let i = 1; i < lengths[id]; i++) {
      const own = hiddenWords[words[start + i]];
      if (all === PIECE || own === PIECE || (i === 1 && words[start] === words[start + 1])) all = PIECE;
      else if (all !== own) all = 0;
    }
    hidden[id] = all;
  }
  return hidden;
}

/** The counted words of all documents one after the other, with a BREAK after each. */
function inOrder({ offsets, words }: CorpusWords, countedAs: Int32Array): Int32Array {
  const documents = offsets.length - 1;
  const all = new Int32Array(words.length + documents);
  let used = 0;
  for (let d = 0; d < documents; d++) {
    for (let t = offsets[d]; t < offsets[d + 1]; t++) {
      const counted = countedAs[words[t]];
      if (counted >= 0) all[used++] = counted;
    }
    all[used++] = BREAK;
  }
  return all.slice(0, used);
}

/** Where words first stand. */
function firstWords(words: Int32Array, vocabulary: number): FirstPlaces {
  const first = new Int32Array(words.length).fill(BREAK);
  const again = new Uint8Array(words.length);
  const seen = new Int32Array(vocabulary).fill(-1);
  for (let p = 0; p < words.length; p++) {
    if (words[p] === BREAK) continue;
    const before = seen[words[p]];
    if (before < 0) seen[words[p]] = p;
    else again[before] = 1;
    first[p] = before < 0 ? p : before;
  }
  return { first, again };
}

/** Counts phrases row after row; gives out their ids where they first stand. Room that is not used costs no memory. */
class PhraseCounter {
  private used = 0;
  private repeated = 0;
  private ids = 0;
  private rowStart = 0;
  private readonly indices: Int32Array;
  private readonly counts: Int32Array;
  private readonly starts: Int32Array;
  private readonly lengths: Uint8Array;
  /** By kind and first place: one past the latest entry. */
  private readonly latest: readonly Int32Array[];

  /** @param told by kind of phrase: where equal ones first stand. */
  constructor(
    positions: number,
    private readonly told: readonly FirstPlaces[],
  ) {
    const room = positions * told.length;
    this.indices = new Int32Array(room);
    this.counts = new Int32Array(room);
    this.starts = new Int32Array(room);
    this.lengths = new Uint8Array(room);
    this.latest = told.map(() => new Int32Array(positions));
    // Those that stand once come after all others.
    for (const { again } of told) for (let p = 0; p < positions; p++) this.ids += again[p];
  }

  add(kind: number, start: number, length: number): void {
    const { first, again } = this.told[kind];
    const place = first[start];
    if (place === start) {
      const id = again[start] === 1 ? this.repeated++ : this.ids++;
      this.starts[id] = start;
      this.lengths[id] = length;
      this.enter(id);
      if (again[start] === 1) this.latest[kind][start] = this.used;
      return;
    }
    const at = this.latest[kind][place] - 1;
    if (at >= this.rowStart) this.counts[at]++;
    else {
      this.enter(this.indices[at]);
      this.latest[kind][place] = this.used;
    }
  }

  private enter(id: number): void {
    this.indices[this.used] = id;
    this.counts[this.used++] = 1;
  }

  /** Closes the row; returns where the next one begins. */
  endRow(): number {
    return (this.rowStart = this.used);
  }

  finish(offsets: Int32Array): Pick<CountedPhrases, 'starts' | 'lengths' | 'rows'> {
    const indices = this.indices.slice(0, this.used);
    const counts = this.counts.slice(0, this.used);
    return {
      starts: this.starts.slice(0, this.ids),
      lengths: this.lengths.slice(0, this.ids),
      rows: { offsets, indices, counts },
    };
  }
}
