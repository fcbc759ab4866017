import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  binsByCalendar,
  binsByCount,
  calendarUnits,
  parseDate,
  parseDates,
} from '../../core/topics/index.ts';

const iso = (text: string, dayFirst = false): string => {
  const time = parseDate(text, dayFirst);
  return Number.isNaN(time) ? 'none' : new Date(time).toISOString().replace('.000Z', 'Z');
};

describe('a date', () => {
  it.each([
    ['2024', '2024-01-01T00:00:00Z'],
    ['2024-03', '2024-03-01T00:00:00Z'],
    ['2024-03-05', '2024-03-05T00:00:00Z'],
    ['2024/3/5', '2024-03-05T00:00:00Z'],
    ['2024年3月5日', '2024-03-05T00:00:00Z'],
    ['2024年3月', '2024-03-01T00:00:00Z'],
    ['2024年', '2024-01-01T00:00:00Z'],
    ['2024.0', '2024-01-01T00:00:00Z'],
    ['2024-03-05T10:20:30Z', '2024-03-05T10:20:30Z'],
    ['2024-03-05 10:20:30+02:00', '2024-03-05T08:20:30Z'],
    ['2024-03-05T10:20:30.25-0730', '2024-03-05T17:50:30.250Z'],
    ['20240305', '2024-03-05T00:00:00Z'],
    ['05.03.2024', '2024-03-05T00:00:00Z'],
    ['3/5/2024', '2024-03-05T00:00:00Z'],
    ['25/12/2024', '2024-12-25T00:00:00Z'],
    ['3/5/24 4:05 PM', '2024-03-05T16:05:00Z'],
    ['5 March 2024', '2024-03-05T00:00:00Z'],
    ['March 5, 2024', '2024-03-05T00:00:00Z'],
    ['Mar 5th 2024', '2024-03-05T00:00:00Z'],
    ['March 2024', '2024-03-01T00:00:00Z'],
    ['Tue, 5 Mar 1993 10:00:00 GMT', '1993-03-05T10:00:00Z'],
    ['5 Apr 93 22:10:01 EST', '1993-04-06T03:10:01Z'],
    ['Fri Apr 16 12:30:00 1993', '1993-04-16T12:30:00Z'],
    ['05-Apr-1993', '1993-04-05T00:00:00Z'],
    ['1. März 2021', '2021-03-01T00:00:00Z'],
    ['Montag, 1. Dez. 2021 14:30', '2021-12-01T14:30:00Z'],
    ['lundi 1er février 2021', '2021-02-01T00:00:00Z'],
    ['5 de marzo de 2024', '2024-03-05T00:00:00Z'],
    ['août 2024', '2024-08-01T00:00:00Z'],
    ['5 марта 2024 г.', '2024-03-05T00:00:00Z'],
    ['2024/03/05 10:00:00 AM GMT+1', '2024-03-05T09:00:00Z'],
    ['2024-03-05 10:00 UTC-05:30', '2024-03-05T15:30:00Z'],
    ['1709632800000.0', '2024-03-05T10:00:00Z'],
    ['734000000', '1993-04-05T08:53:20Z'],
    ['1709632800000', '2024-03-05T10:00:00Z'],
    ['', 'none'],
    ['yesterday', 'none'],
    ['2024-02-31', 'none'],
    ['13/13/2024', 'none'],
  ])('%s', (text, expected) => expect(iso(text)).toBe(expected));
  it('has its day first where the column shows it', () => {
    const [a] = parseDates(['03/05/2024', '25/12/2024', null]);
    expect(new Date(a).toISOString().slice(0, 10)).toBe('2024-05-03');
    expect(parseDates(['03/05/2024', '12/25/2024'])[0]).toBe(parseDate('2024-03-05'));
  });
  it('survives any way of writing it', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1971-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          expect(parseDate(date.toISOString())).toBe(date.getTime());
          expect(parseDate(date.toUTCString())).toBe(Math.floor(date.getTime() / 1000) * 1000);
        },
      ),
    );
  });
});

describe('bins', () => {
  const times = parseDates(['2024-01-31', null, '2024-02-01', '2024-12-31', 'nonsense', '2024-05-05']);
  it('by count are equal spans', () => {
    const { bins, edges } = binsByCount(times, 4);
    expect([...bins]).toEqual([0, -1, 0, 3, -1, 1]);
    expect(edges).toHaveLength(5);
    expect([...binsByCount(Float64Array.of(5, 5), 10).bins]).toEqual([0, 0]);
    expect(binsByCount(Float64Array.of(NaN), 3).edges).toHaveLength(0);
  });
  it('by calendar are months and the like', () => {
    const { bins, edges } = binsByCalendar(times, 'month');
    expect([...bins]).toEqual([0, -1, 1, 11, -1, 4]);
    expect(new Date(edges[1]).toISOString().slice(0, 10)).toBe('2024-02-01');
    expect(new Date(binsByCalendar(times, 'week').edges[0]).getUTCDay()).toBe(1);
  });
  it('hold each date between their edges', () => {
    const some = fc.array(fc.integer({ min: 0, max: 2e12 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(some, fc.constantFrom(...calendarUnits.slice(2)), (list, unit) => {
        for (const { bins, edges } of [
          binsByCalendar(Float64Array.from(list), unit),
          binsByCount(Float64Array.from(list), 7),
        ])
          list.forEach((t, i) => {
            expect(t).toBeGreaterThanOrEqual(edges[bins[i]] - 1);
            expect(t).toBeLessThanOrEqual(edges[bins[i] + 1] + 1);
          });
      }),
      { numRuns: 30 },
    );
  });
});
