import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellTexts, csvRecord, type Dialect } from '../../core/corpus/csv-record.ts';

const comma: Dialect = { separator: 44, quotes: true };

test('property: a record read from a part of the file is the one that the whole file gives', () => {
  const content = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é'), maxLength: 16 });
  fc.assert(
    fc.property(content, (text) => {
      const whole = Buffer.from(`${text}\n`);
      const expected = csvRecord(whole, 0, true, comma);
      for (let end = 0; end <= whole.length; end++) {
        const part = csvRecord(whole.subarray(0, end), 0, false, comma);
        // A part may leave open what the rest decides, but must not decide otherwise.
        if (part !== null) expect(part).toEqual(expected);
      }
    }),
    { numRuns: 2000 },
  );
});

test('property: records cover the whole buffer without a gap', () => {
  const content = fc.string({
    unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' '),
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(content, (text) => {
      const buffer = Buffer.from(text);
      let at = 0;
      while (at < buffer.length) {
        const record = csvRecord(buffer, at, true, comma);
        expect(record!.next).toBeGreaterThan(at);
        at = record!.next;
      }
      expect(at).toBe(buffer.length);
    }),
    { numRuns: 2000 },
  );
});

test('white space around a quoted cell is no part of it; in an unquoted one it is', () => {
  const buffer = Buffer.from(' "a, b" , c d \n');
  expect(cellTexts(buffer, csvRecord(buffer, 0, true, comma)!)).toEqual(['a, b', ' c d ']);
});
