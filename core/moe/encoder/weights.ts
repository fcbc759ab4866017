import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { createHash, type Hash } from 'node:crypto';
import { finished } from 'node:stream/promises';
import { type ElementType, type ExternalData } from '../../onnx/graph.ts';

/** A tensor in the weights' file, as a graph refers to it. */
export interface StoredTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly at: ExternalData;
}

/** Tensors this large start on a 64 KiB boundary, so that every system can map them into memory where they lie. */
const mappable = 1 << 16;

/** Writes tensors one after the other into `model.onnx.data`; several graphs may refer to one tensor. */
export class WeightWriter {
  private readonly stream: WriteStream;
  private readonly hash: Hash = createHash('sha256');
  private at = 0;

  constructor(
    file: string,
    private readonly location: string,
  ) {
    this.stream = createWriteStream(file);
  }

  async add(
    name: string,
    type: ElementType,
    shape: readonly number[],
    data: ArrayBufferView,
  ): Promise<StoredTensor> {
    const step = data.byteLength >= mappable ? mappable : 64;
    const offset = Math.ceil(this.at / step) * step;
    await this.write(new Uint8Array(offset - this.at));
    await this.write(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    this.at = offset + data.byteLength;
    return { name, type, shape, at: { location: this.location, offset, length: data.byteLength } };
  }

  private async write(bytes: Uint8Array): Promise<void> {
    this.hash.update(bytes);
    if (!this.stream.write(bytes)) await once(this.stream, 'drain');
  }

  /** Closes the file: its sha256 in hex. */
  async finish(): Promise<string> {
    this.stream.end();
    await finished(this.stream);
    return this.hash.digest('hex');
  }
}
