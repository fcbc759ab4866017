import { open } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../../base/errors.ts';

/** A stored (not compressed) file in a zip: where its bytes lie. */
export interface ZipEntry {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

const mostDirectoryBytes = 64 * 1024 * 1024;

/**
 * The files of a zip archive whose entries are stored uncompressed, as torch.save writes them (APPNOTE.TXT 6.3, sections 4.3.7 to 4.3.16).
 * @throws ModelError when it is no such archive or an entry lies outside the file.
 */
export async function openZip(file: string): Promise<Map<string, ZipEntry>> {
  const name = path.basename(file);
  const fail = (why: string): ModelError =>
    new ModelError(`${name} ${why}; download it again, or save the model as safetensors.`);
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw new ModelError(`${name}: the file can't be opened; download the model again.`, { cause });
  });
  try {
    const { size } = await handle.stat();
    const at = async (begin: number, length: number): Promise<Buffer> => {
      if (begin < 0 || length < 0 || begin + length > size) throw fail('points outside itself');
      const out = Buffer.alloc(length);
      await handle.read(out, 0, length, begin);
      return out;
    };
    const tailLength = Math.min(size, 65_557);
    const tail = await at(size - tailLength, tailLength);
    const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
    if (end < 0 || end + 22 > tail.length)
      throw fail('is not a zip archive as torch.save writes it (or was written by PyTorch before 1.6)');
    let count = tail.readUInt16LE(end + 10);
    let length = tail.readUInt32LE(end + 12);
    let start = tail.readUInt32LE(end + 16);
    if (end >= 20 && tail.toString('latin1', end - 20, end - 16) === 'PK\x06\x07') {
      const record = await at(Number(tail.readBigUInt64LE(end - 20 + 8)), 56);
      if (record.toString('latin1', 0, 4) !== 'PK\x06\x06') throw fail('has a damaged directory');
      count = Number(record.readBigUInt64LE(32));
      length = Number(record.readBigUInt64LE(40));
      start = Number(record.readBigUInt64LE(48));
    }
    if (length > mostDirectoryBytes) throw fail(`has a directory of ${length} bytes, which is no model's`);
    const directory = await at(start, length);
    const entries = new Map<string, ZipEntry>();
    let p = 0;
    for (let i = 0; i < count; i++) {
      if (p + 46 > directory.length || directory.toString('latin1', p, p + 4) !== 'PK\x01\x02')
        throw fail('has a damaged directory');
      const method = directory.readUInt16LE(p + 10);
      let stored = directory.readUInt32LE(p + 20);
      let whole = directory.readUInt32LE(p + 24);
      const nameLength = directory.readUInt16LE(p + 28);
      const extraLength = directory.readUInt16LE(p + 30);
      const commentLength = directory.readUInt16LE(p + 32);
      let header = directory.readUInt32LE(p + 42);
      const entryName = directory.toString('utf8', p + 46, p + 46 + nameLength);
      const extra = directory.subarray(p + 46 + nameLength, p + 46 + nameLength + extraLength);
      // Zip64's extra field holds, in this order, whichever of the three did not fit in 32 bits.
      for (let e = 0; e + 4 <= extra.length; e += 4 + extra.readUInt16LE(e + 2)) {
        if (extra.readUInt16LE(e) !== 1) continue;
        const fieldEnd = Math.min(extra.length, e + 4 + extra.readUInt16LE(e + 2));
        let field = e + 4;
        const next = (): number => {
          if (field + 8 > fieldEnd) throw fail('has a damaged directory');
          field += 8;
          return Number(extra.readBigUInt64LE(field - 8));
        };
        if (whole === 0xffffffff) whole = next();
        if (stored === 0xffffffff) stored = next();
        if (header === 0xffffffff) header = next();
      }
      if (method !== 0 || stored !== whole)
        throw fail(`holds ${JSON.stringify(entryName)} compressed, which torch.save never does`);
      const local = await at(header, 30);
      if (local.toString('latin1', 0, 4) !== 'PK\x03\x04') throw fail('has a damaged directory');
      const begin = header + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
      if (begin + whole > size) throw fail(`is cut short in ${JSON.stringify(entryName)}`);
      entries.set(entryName, { name: entryName, begin, end: begin + whole });
      p += 46 + nameLength + extraLength + commentLength;
    }
    return entries;
  } finally {
    await handle.close();
  }
}
