/** Gives equal words the same small integer without making a string for each occurrence, and pairs of integers likewise. */
export class Interner {
  /** Number of ids given out. */
  count = 0;
  /** For a pair: its two ids; for a word: −1 and its length. */
  first = new Int32Array(1 << 14);
  second = new Int32Array(1 << 14);
  private hashes = new Int32Array(1 << 14);
  private at = new Int32Array(1 << 14);
  private pool = new Uint16Array(1 << 17);
  private used = 0;
  private words: string[] = [];
  private table = new Int32Array(1 << 16).fill(-1);

  /** Id of the word text[start, end). */
  word(text: string, start: number, end: number): number {
    let hash = 0x811c9dc5 | 0;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 15;
    const length = end - start;
    const mask = this.table.length - 1;
    let slot = hash & mask;
    for (; ; slot = (slot + 1) & mask) {
      const id = this.table[slot];
      if (id < 0) break;
      if (this.hashes[id] === hash && this.second[id] === length && this.first[id] < 0) {
        let i = 0;
        const at = this.at[id];
        while (i < length && this.pool[at + i] === text.charCodeAt(start + i)) i++;
        if (i === length) return id;
      }
    }
    const id = this.add(slot, hash, -1, length);
    if (this.used + length > this.pool.length) {
      const bigger = new Uint16Array(Math.max(this.pool.length * 2, this.used + length));
      bigger.set(this.pool);
      this.pool = bigger;
    }
    this.at[id] = this.used;
    for (let i = 0; i < length; i++) this.pool[this.used + i] = text.charCodeAt(start + i);
    this.used += length;
    this.words[id] = ownString(text, start, end);
    return id;
  }

  /** Id of the pair (a, b) of ids. */
  pair(a: number, b: number): number {
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 0x7f4a7c15, 0x85ebca6b);
    hash ^= hash >>> 15;
    const mask = this.table.length - 1;
    let slot = hash & mask;
    for (; ; slot = (slot + 1) & mask) {
      const id = this.table[slot];
      if (id < 0) break;
      if (this.first[id] === a && this.second[id] === b) return id;
    }
    return this.add(slot, hash, a, b);
  }

  /** The text of an id; a pair's parts are joined by a space. */
  text(id: number): string {
    if (this.first[id] >= 0) return `${this.text(this.first[id])} ${this.text(this.second[id])}`;
    return this.words[id];
  }

  private add(slot: number, hash: number, first: number, second: number): number {
    const id = this.count++;
    if (id === this.first.length) {
      const size = id * 2;
      this.first = larger(this.first, size);
      this.second = larger(this.second, size);
      this.hashes = larger(this.hashes, size);
      this.at = larger(this.at, size);
    }
    this.first[id] = first;
    this.second[id] = second;
    this.hashes[id] = hash;
    this.table[slot] = id;
    if (this.count * 2 > this.table.length) this.rehash();
    return id;
  }

  private rehash(): void {
    const table = new Int32Array(this.table.length * 4).fill(-1);
    const mask = table.length - 1;
    for (let id = 0; id < this.count; id++) {
      let slot = this.hashes[id] & mask;
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
