import { createHash } from 'node:crypto';
import { bytesOf, kindOf } from './arrays.ts';

const bufferBytes = 1 << 20;

/**
 * A sha256 of values. Each is fed with a tag and a length, so that no two different values run together to the same
 * bytes; they are collected first, because a million calls of the hash cost more than hashing.
 */
export class Digest {
  private readonly hash = createHash('sha256');
  private readonly buffer = Buffer.allocUnsafe(bufferBytes);
  private used = 0;

  /** Plain objects (whatever the order of their keys), arrays, JSON scalars, typed arrays; undefined is null. */
  value(value: unknown): this {
    if (value === null || value === undefined) this.ascii('n;');
    else if (typeof value === 'string') this.text(value);
    else if (typeof value === 'number') this.ascii(`d${Object.is(value, -0) ? '-0' : value};`);
    else if (typeof value === 'boolean') this.ascii(value ? 't;' : 'f;');
    else if (typeof value !== 'object') throw new TypeError(`A ${typeof value} can't be part of a key.`);
    else if (kindOf(value) !== null) {
      this.ascii(`a${kindOf(value)}${(value as Uint8Array).length}:`);
      this.flush();
      this.hash.update(bytesOf(value as Uint8Array));
    } else if (Array.isArray(value)) {
      this.ascii(`l${value.length}:`);
      for (const item of value) this.value(item);
    } else {
      const object = value as Record<string, unknown>;
      const keys = Object.keys(object).filter((key) => object[key] !== undefined);
      this.ascii(`o${keys.length}:`);
      for (const key of keys.sort()) this.text(key).value(object[key]);
    }
    return this;
  }

  finish(): string {
    this.flush();
    return this.hash.digest('hex');
  }

  private text(text: string): this {
    // A UTF-16 unit takes at most three bytes.
    if (text.length * 3 + 32 > bufferBytes) {
      const bytes = Buffer.from(text);
      this.ascii(`s${bytes.length}:`);
      this.flush();
      this.hash.update(bytes);
      return this;
    }
    this.ascii(`s${Buffer.byteLength(text)}:`);
    this.room(text.length * 3);
    this.used += this.buffer.write(text, this.used);
    return this;
  }

  private ascii(text: string): void {
    this.room(text.length);
    this.used += this.buffer.write(text, this.used, 'latin1');
  }

  private room(bytes: number): void {
    if (this.used + bytes > bufferBytes) this.flush();
  }

  private flush(): void {
    this.hash.update(this.buffer.subarray(0, this.used));
    this.used = 0;
  }
}
