import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { withDuckDb } from '../../core/base/duckdb.ts';
import { MoeTopicError } from '../../core/base/errors.ts';
import { file, folder, read } from './files.ts';
import { zip } from './zip.ts';

const table = `id,text\n${Array.from({ length: 40 }, (_, i) => `${i},"document ""number"" ${i}"\n`).join('')}`;

async function tar(): Promise<Buffer> {
  const archive = pack();
  for (let i = 0; i < 5; i++) archive.entry({ name: `root/label${i % 2}/${i}.txt` }, `text number ${i}`);
  archive.finalize();
  const parts: Buffer[] = [];
  for await (const part of archive) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function parquet(): Promise<Buffer> {
  const target = `${folder}/whole.parquet`;
  await withDuckDb({}, (c) =>
    c.run(`COPY (SELECT i AS id, 'text ' || i AS text FROM range(200) t(i)) TO '${target}' (FORMAT parquet)`),
  );
  return readFileSync(target);
}

const makers: Record<string, () => Buffer | Promise<Buffer>> = {
  csv: () => Buffer.from(table),
  'csv.gz': () => gzipSync(table),
  jsonl: () => Buffer.from('{"id":1,"text":"a text"}\n{"id":2,"text":"another"}\n'),
  tar,
  'tar.gz': async () => gzipSync(await tar()),
  zip: () => zip(Array.from({ length: 5 }, (_, i) => [`root/label${i % 2}/${i}.txt`, `text number ${i}`])),
  parquet,
};

test.each(Object.keys(makers))(
  'property: a damaged .%s is read or refused in one sentence',
  async (format) => {
    const whole = await makers[format]();
    const damage = fc.record({
      changes: fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
      length: fc.oneof(fc.constant(whole.length), fc.nat(whole.length)),
    });
    let n = 0;
    await fc.assert(
      fc.asyncProperty(damage, async ({ changes, length }) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        try {
          await read(file(`damaged-${n++}.${format}`, bytes.subarray(0, length)));
        } catch (error) {
          expect(error).toBeInstanceOf(MoeTopicError);
          expect((error as Error).message).toMatch(/^[^\n]+; [^\n]+\.$/);
        }
      }),
      { numRuns: format === 'parquet' ? 30 : 100 },
    );
  },
);
