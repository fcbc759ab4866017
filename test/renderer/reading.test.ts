// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest';
import type { Client } from '../../renderer/client/index.ts';
import { setEngine } from '../../renderer/state/engine.ts';
import { read, readFurther, useReading } from '../../renderer/state/reading.ts';
import { get } from '../../renderer/state/store.ts';

const asked: unknown[] = [];
beforeEach(() => {
  asked.length = 0;
  const request = (method: string, params: { offset: number }): Promise<unknown> => {
    asked.push([method, params]);
    return Promise.resolve({ total: 3, documents: [{ row: 100 + params.offset }] });
  };
  setEngine({ request } as unknown as Client);
});

it('goes on in the order of a search, and stops at both ends', async () => {
  read({ filter: {}, sort: 'row', order: Int32Array.of(5, 9, 2), total: 3 }, 1, 9);
  await readFurther(1);
  expect(get().selection.document).toBe(2);
  await readFurther(1);
  expect(useReading.getState().list?.read.get(2)).toBe(2);
  await readFurther(-1);
  await readFurther(-1);
  await readFurther(-1);
  expect(get().selection.document).toBe(5);
  expect(asked).toEqual([]);
});

it('asks the engine for the next of a list that it sorted', async () => {
  const filter = { topics: [4] };
  read({ filter, sort: 'date', order: null, total: 3 }, 0, 100);
  await readFurther(1);
  expect(asked).toEqual([['documents.list', { filter, sort: 'date', offset: 1, limit: 1 }]]);
  expect(get().selection.document).toBe(101);
});
