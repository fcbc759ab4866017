import { open, type FileHandle } from 'node:fs/promises';
import { InputError } from './errors.ts';
import { writeAtomically } from './atomic.ts';
import { type Matrix } from './matrix.ts';

/** Writes a matrix as NumPy's format 1.0: little-endian float32, C order. */
export async function writeNpy(file: string, m: Matrix): Promise<void> {
  await writeAtomically(file, async (temporary) => {
    const handle = await open(temporary, 'w');
    try {
      await handle.write(npyHeader(m.rows, m.columns));
      const bytes = new Uint8Array(m.data.buffer, m.data.byteOffset, m.data.byteLength);
      // Node writes at most 2 GiB at a time.
      for (let at = 0; at < bytes.length; at += 1 << 28)
        await handle.write(bytes.subarray(at, at + (1 << 28)));
    } finally {
      await handle.close();
    }
  });
}

function npyHeader(rows: number, columns: number): Buffer {
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  const length = Math.ceil((10 + dict.length + 1) / 64) * 64;
  const header = Buffer.alloc(length, ' ', 'latin1');
  header.write('\x93NUMPY\x01\x00', 0, 'latin1');
  header.writeUInt16LE(length - 10, 8);
  header.write(dict, 10, 'latin1');
  header[length - 1] = 10;
  return header;
}

/** Longest header that is looked for. */
const mostHeader = 65_536;

/**
 * Reads a two-dimensional .npy of float16, float32 or float64 as float32, straight into its array: a file of any size needs no
 * memory beside its numbers.
 * @throws InputError when it is no such file or cut short.
 */
export async function readNpy(file: string): Promise<Matrix> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (cause) {
    throw new InputError(`Can't read ${file}; check the path.`, { cause });
  }
  try {
    const { start, rows, columns, width } = await readHeader(handle, file);
    const missing = (cause?: unknown) =>
      new InputError(`${file} is cut short: ${rows} × ${columns} numbers were promised; copy it again.`, {
        cause,
      });
    const { size } = await handle.stat();
    if (size - start < rows * columns * width) throw missing();
    const data = new Float32Array(rows * columns);
    // Whole numbers of any width at a time.
    const piece = Buffer.alloc(Math.min(1 << 24, Math.max(8, data.length * width)));
    for (let at = 0; at < data.length;) {
      const count = Math.min(data.length - at, piece.length / width);
      const { bytesRead } = await handle.read(piece, 0, count * width, start + at * width);
      const numbers = Math.floor(bytesRead / width);
      if (numbers === 0) throw missing();
      convert(piece, width, numbers, data, at);
      at += numbers;
    }
    return { data, rows, columns };
  } finally {
    await handle.close();
  }
}

async function readHeader(handle: FileHandle, file: string) {
  const bytes = Buffer.alloc(mostHeader);
  const { bytesRead } = await handle.read(bytes, 0, mostHeader, 0);
  if (bytesRead < 12 || bytes.toString('latin1', 0, 6) !== '\x93NUMPY')
    throw new InputError(
      `${file} is not a NumPy file (.npy); give one written by numpy.save or moetopic embed.`,
    );
  const wide = bytes[6] > 1;
  const start = (wide ? 12 : 10) + (wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  const header = bytes.toString('latin1', 10, Math.min(start, bytesRead));
  const shape = /'shape':\s*\((\d+),\s*(\d+),?\s*\)/.exec(header);
  const type = /'descr':\s*'([<|=]?f[248])'/.exec(header)?.[1].slice(-1);
  if (!shape || !type || /'fortran_order':\s*True/.test(header))
    throw new InputError(
      `${file} holds ${header.trim()}; MoETopic reads two-dimensional float arrays in C order: save it as np.ascontiguousarray(a, dtype='float32').`,
    );
  return { start, rows: Number(shape[1]), columns: Number(shape[2]), width: Number(type) };
}

/** Writes `count` numbers of so many bytes each into `out` from `at` on. */
function convert(bytes: Buffer, width: number, count: number, out: Float32Array, at: number): void {
  const { buffer, byteOffset } = bytes;
  if (width === 4) out.set(new Float32Array(buffer, byteOffset, count), at);
  else if (width === 8) out.set(new Float64Array(buffer, byteOffset, count), at);
  else {
    const halves = new Uint16Array(buffer, byteOffset, count);
    for (let i = 0; i < count; i++) out[at + i] = halfToFloat(halves[i]);
  }
}

/** An IEEE half-precision number's value. */
export function halfToFloat(h: number): number {
  const sign = h & 0x8000 ? -1 : 1;
  const exponent = (h >> 10) & 31;
  const fraction = h & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
