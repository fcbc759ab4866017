import { InputError } from '../base/errors.ts';

/**
 * A window on a stream of bytes from which whole records are taken. It grows only while a record does not fit, by
 * doubling, so that a long record is looked at a bounded number of times; past the limit the file is refused.
 */
export class ByteWindow {
  buffer: Buffer = Buffer.alloc(0);
  /** Where the next record starts. */
  at = 0;
  /** No more bytes are to come. */
  last = false;
  private readonly chunks: AsyncIterator<Buffer>;

  constructor(
    chunks: AsyncIterable<Buffer>,
    private readonly source: string,
    private readonly recordBytes: number,
  ) {
    this.chunks = chunks[Symbol.asyncIterator]();
  }

  /** All bytes were taken. */
  get done(): boolean {
    return this.last && this.at >= this.buffer.length;
  }

  /**
   * Brings in more bytes after the record that starts at `at`, at least as many as are waiting.
   * @throws InputError naming the row when it is longer than the limit.
   */
  async more(row: number): Promise<void> {
    const parts = [this.buffer.subarray(this.at)];
    const waiting = parts[0].length;
    if (waiting > this.recordBytes)
      throw new InputError(
        `${this.source}: row ${row} is longer than ${sizeText(this.recordBytes)}; split or remove it (a quote that is never closed makes such a row, too).`,
        { code: 'row-too-long' },
      );
    let gained = 0;
    while (gained <= waiting) {
      const next = await this.chunks.next();
      if (next.done === true) {
        this.last = true;
        break;
      }
      parts.push(next.value);
      gained += next.value.length;
    }
    this.buffer = Buffer.concat(parts);
    this.at = 0;
  }

  /** Closes the file, also when reading stopped early. */
  async close(): Promise<void> {
    await this.chunks.return?.();
  }
}

export function sizeText(bytes: number): string {
  return bytes >= 1 << 20 ? `${Math.round(bytes / (1 << 20))} MB` : `${bytes} bytes`;
}
