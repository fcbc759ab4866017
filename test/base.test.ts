import fc from 'fast-check';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { writeAtomically } from '../core/base/atomic.ts';
import { InputError, fromRecord, toRecord } from '../core/base/errors.ts';
import { foreseen } from '../core/base/foreseen.ts';
import { checkMatrix, sideBySide } from '../core/base/matrix.ts';
import { readNpy, writeNpy } from '../core/base/npy.ts';
import { describeParams, parseParams } from '../core/base/params.ts';
import { Random } from '../core/base/random.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'moetopic-base-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('matrix', () => {
  it('names the first row that is not finite', () => {
    const m = { data: Float32Array.of(1, 2, 3, NaN), rows: 2, columns: 2 };
    expect(() => checkMatrix(m, 'E.npy')).toThrow(/E\.npy: row 1, column 1 is NaN/);
  });
  it('joins parts side by side', () => {
    const a = { data: Float32Array.of(1, 2), rows: 2, columns: 1 };
    const b = { data: Float32Array.of(3, 4, 5, 6), rows: 2, columns: 2 };
    expect([...sideBySide([a, b]).data]).toEqual([1, 3, 4, 2, 5, 6]);
  });
});

describe('npy', () => {
  it('reads what it wrote', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, columns) => {
          const data = Float32Array.from({ length: rows * columns }, (_, i) => Math.fround(i / 3));
          await writeNpy(path.join(folder, 'a.npy'), { data, rows, columns });
          expect(await readNpy(path.join(folder, 'a.npy'))).toEqual({ data, rows, columns });
        },
      ),
      { numRuns: 20 },
    );
  });
  it('reads a file of many pieces, half and double precision too', async () => {
    const file = path.join(folder, 'many.npy');
    const many = { data: Float32Array.from({ length: 5_000_001 }, (_, i) => i), rows: 5_000_001, columns: 1 };
    await writeNpy(file, many);
    const read = await readNpy(file);
    expect([read.rows, read.columns, read.data.every((v, i) => v === i)]).toEqual([5_000_001, 1, true]);
    for (const [type, bytes] of [
      ['<f2', new Uint16Array([0x3c00, 0xc000, 0x3555, 0])],
      ['<f8', new Float64Array([1, -2, 1365 / 4096, 0])],
    ] as const) {
      const header = `\x93NUMPY\x01\x00v\x00${`{'descr': '${type}', 'fortran_order': False, 'shape': (2, 2), }`.padEnd(118)}`;
      await writeFile(file, Buffer.concat([Buffer.from(header, 'latin1'), new Uint8Array(bytes.buffer)]));
      expect(await readNpy(file)).toEqual({
        data: Float32Array.of(1, -2, 1365 / 4096, 0),
        rows: 2,
        columns: 2,
      });
    }
  });
  it('refuses a file cut short', async () => {
    const file = path.join(folder, 'short.npy');
    await writeNpy(file, { data: new Float32Array(100), rows: 10, columns: 10 });
    await writeFile(file, (await readFile(file)).subarray(0, 200));
    await expect(readNpy(file)).rejects.toThrow(/cut short/);
  });
});

describe('random', () => {
  it('depends on seed and counter alone and looks uniform', () => {
    const r = new Random(7);
    const draws = Array.from({ length: 20_000 }, () => r.next());
    expect(new Random(7).next()).toBe(draws[0]);
    expect(new Random(8).next()).not.toBe(draws[0]);
    expect(draws.reduce((a, b) => a + b) / draws.length).toBeCloseTo(0.5, 1);
    expect(new Set(draws).size).toBeGreaterThan(19_900);
  });
});

describe('errors', () => {
  it('keep code and cause across a boundary', () => {
    const error = new InputError('a.csv, row 3: no text.', { cause: new Error('inner') });
    const back = fromRecord(structuredClone(toRecord(error)));
    expect([back.name, back.message, back.code, back.exitStatus]).toEqual([
      'InputError',
      error.message,
      'input',
      3,
    ]);
    expect((back.cause as Error).message).toBe('inner');
  });
});

describe('parameters', () => {
  const schema = z.object({
    neighbors: z.number().int().min(2).default(15).meta({ help: 'How many.', unit: 'documents' }),
    metric: z.enum(['cosine', 'euclidean']).default('cosine').meta({ help: 'Distance.' }),
  });
  it('describe themselves', () => {
    expect(describeParams(schema)).toMatchObject([
      { name: 'neighbors', default: 15, unit: 'documents', type: 'number' },
      { name: 'metric', choices: ['cosine', 'euclidean'], type: 'string' },
    ]);
  });
  it('are refused by name', () => {
    expect(() => parseParams(schema, { neighbors: 1 }, 'reduce')).toThrow(/reduce: neighbors/);
  });
});

describe('writing a file', () => {
  it('leaves nothing behind when it fails', async () => {
    const file = path.join(folder, 'x', 'half.txt');
    const failing = writeAtomically(file, async (t) => {
      await writeFile(t, 'half');
      throw new Error('power cut');
    });
    await expect(failing).rejects.toThrow('power cut');
    expect(await readdir(path.join(folder, 'x'))).toEqual([]);
  });

  it('names the file that was asked for where a folder is in its way', async () => {
    const file = path.join(folder, 'taken.csv');
    await mkdir(file);
    const error: unknown = await writeAtomically(file, (t) => writeFile(t, 'x')).catch((e: unknown) => e);
    expect((foreseen(error) as Error).message).toBe(`${file} is a folder, not a file; choose another name.`);
  });
});
