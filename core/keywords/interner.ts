/** Fields of an entry, side by side so that a look-up touches one cache line: hash, then what `first` and `second` say. */
const STRIDE = 4;
const AT = 3;
/** Fields of a pair's slot, likewise: both ids and its own; a pair is looked up without touching its entry. */
const PAIR_STRIDE = 4;
const PAIR_ID = 2;

/** Gives equal words the same small integer without making a string for each occurrence, and pairs of integers likewise. */
export class Interner {
  /** Number of ids given out. */
  count = 0;
  private entries = new Int32Array(STRIDE << 14);
  private pool = new Uint16Array(1 << 17);
  private used = 0;
  private words: string[] = [];
  private table = new Int32Array(1 << 16).fill(-1);
  private inTable = 0;
  private pairs = new Int32Array(PAIR_STRIDE << 14).fill(-1);
  private pairCount = 0;

  /** The first id of a pair; −1 for a word. */
  first(id: number): number {
    return this.entries[id * STRIDE + 1];
  }

  /** The second id of a pair; a word's length. */
  second(id: number): number {
    return this.entries[id * STRIDE + 2];
  }

  /** Id of the word text[start, end), whose hash is `hashOf`'s. */
  word(text: string, start: number, end: number, hash: number): number {
    const slot = this.slotOf(text, start, end, hash);
    const known = this.table[slot];
    if (known >= 0) return known;
    const length = end - start;
    const id = this.add(hash, -1, length);
    this.table[slot] = id;
    if (++this.inTable * 2 > this.table.length) this.rehash();
    if (this.used + length > this.pool.length) {
      const bigger = new Uint16Array(Math.max(this.pool.length * 2, this.used + length));
      bigger.set(this.pool);
      this.pool = bigger;
    }
    this.entries[id * STRIDE + AT] = this.used;
    for (let i = 0; i < length; i++) this.pool[this.used++] = text.charCodeAt(start + i);
    this.words[id] = ownString(text, start, end);
    return id;
  }

  /** Id of a word that is known, or −1. */
  find(text: string, start: number, end: number, hash: number): number {
    return this.table[this.slotOf(text, start, end, hash)];
  }

  /** Where a word stands in the table, or would stand. */
  private slotOf(text: string, start: number, end: number, hash: number): number {
    const length = end - start;
    const { entries, pool, table } = this;
    const mask = table.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const id = table[slot];
      if (id < 0) return slot;
      const entry = id * STRIDE;
      if (entries[entry] !== hash || entries[entry + 2] !== length) continue;
      const at = entries[entry + AT];
      let i = 0;
      while (i < length && pool[at + i] === text.charCodeAt(start + i)) i++;
      if (i === length) return slot;
    }
  }

  /** Id of the pair (a, b) of ids. */
  pair(a: number, b: number): number {
    const slot = this.pairSlot(a, b);
    const known = this.pairs[slot + PAIR_ID];
    if (known >= 0) return known;
    const id = this.add(0, a, b);
    this.pairs[slot] = a;
    this.pairs[slot + 1] = b;
    this.pairs[slot + PAIR_ID] = id;
    if (++this.pairCount * 2 * PAIR_STRIDE > this.pairs.length)
      this.growPairs((2 * this.pairs.length) / PAIR_STRIDE);
    return id;
  }

  /** Where a pair stands among the slots, or would stand. */
  private pairSlot(a: number, b: number): number {
    const { pairs } = this;
    const hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 0x7f4a7c15, 0x85ebca6b);
    const mask = pairs.length / PAIR_STRIDE - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const at = slot * PAIR_STRIDE;
      if (pairs[at + PAIR_ID] < 0 || (pairs[at] === a && pairs[at + 1] === b)) return at;
    }
  }

  /** The text of an id; a pair's parts are joined by a space. */
  text(id: number): string {
    const first = this.first(id);
    return first < 0 ? this.words[id] : `${this.text(first)} ${this.text(this.second(id))}`;
  }

  private add(hash: number, first: number, second: number): number {
    const id = this.count++;
    if (id * STRIDE === this.entries.length) this.entries = larger(this.entries, this.entries.length * 2);
    this.entries[id * STRIDE] = hash;
    this.entries[id * STRIDE + 1] = first;
    this.entries[id * STRIDE + 2] = second;
    return id;
  }

  private growPairs(slots: number): void {
    const old = this.pairs;
    this.pairs = new Int32Array(slots * PAIR_STRIDE).fill(-1);
    for (let at = 0; at < old.length; at += PAIR_STRIDE)
      if (old[at + PAIR_ID] >= 0) {
        const slot = this.pairSlot(old[at], old[at + 1]);
        this.pairs[slot] = old[at];
        this.pairs[slot + 1] = old[at + 1];
        this.pairs[slot + PAIR_ID] = old[at + PAIR_ID];
      }
  }

  private rehash(): void {
    const table = new Int32Array(this.table.length * 4).fill(-1);
    const mask = table.length - 1;
    for (let id = 0; id < this.count; id++) {
      if (this.first(id) >= 0) continue;
      const hash = this.entries[id * STRIDE];
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (table[slot] >= 0) slot = (slot + 1) & mask;
      table[slot] = id;
    }
    this.table = table;
  }
}

/** A part of a text that does not keep the whole text in memory, as V8's slices of 13 characters and more do. */
function ownString(text: string, start: number, end: number): string {
  const part = text.slice(start, end);
  return part.length < 13 ? part : Buffer.from(part, 'utf16le').toString('utf16le');
}

/** A copy with room for `size` numbers. */
export function larger(old: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(size);
  bigger.set(old);
  return bigger;
}
