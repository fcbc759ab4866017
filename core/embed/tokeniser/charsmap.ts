import { ModelError } from '../../base/errors.ts';

/**
 * SentencePiece's compiled rules of normalisation: a double-array trie (Darts) from UTF-8 bytes to places in a list of zero-ended strings,
 * looked up grapheme by grapheme as the crate spm_precompiled does. @throws ModelError when the bytes are cut short.
 */
export class CharsMap {
  private readonly units: Uint32Array;
  private readonly strings: Uint8Array;
  private readonly graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
  private readonly known = new Map<string, string | null>();

  constructor(base64: string) {
    const bytes = Buffer.from(base64, 'base64');
    const size = bytes.length >= 4 ? bytes.readUInt32LE(0) : -1;
    if (size < 4 || size % 4 !== 0 || 4 + size > bytes.length)
      throw new ModelError('tokenizer.json: the precompiled rules of normalisation are damaged.');
    this.units = Uint32Array.from({ length: size / 4 }, (_, i) => bytes.readUInt32LE(4 + 4 * i));
    this.strings = bytes.subarray(4 + size);
  }

  normalise(text: string): string {
    let out = '';
    for (const { segment } of this.graphemes.segment(text)) {
      const whole = Buffer.byteLength(segment) < 6 ? this.lookUp(segment) : null;
      if (whole !== null) out += whole;
      else for (const c of segment) out += this.lookUp(c) ?? c;
    }
    return out;
  }

  private lookUp(chunk: string): string | null {
    let found = this.known.get(chunk);
    if (found === undefined) {
      found = this.search(Buffer.from(chunk));
      if (this.known.size < 100_000) this.known.set(chunk, found);
    }
    return found;
  }

  /** What the shortest beginning of the bytes that has a rule becomes. */
  private search(key: Uint8Array): string | null {
    const offset = (unit: number): number => (unit >>> 10) << ((unit & 0x200) >>> 6);
    let at = offset(this.units[0]);
    for (const b of key) {
      if (b === 0) return null;
      at ^= b;
      const unit = this.units.at(at) ?? 0;
      if ((unit & 0x800000ff) >>> 0 !== b) return null;
      at ^= offset(unit);
      if ((unit >>> 8) & 1) return this.stringAt((this.units.at(at) ?? 0) & 0x7fffffff);
    }
    return null;
  }

  private stringAt(from: number): string {
    const end = this.strings.indexOf(0, from);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      this.strings.subarray(from, end < 0 ? this.strings.length : end),
    );
  }
}
