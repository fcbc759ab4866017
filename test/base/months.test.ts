import { expect, test } from 'vitest';
import { monthOf } from '../../core/base/months.ts';

test.each([
  ['March', 3],
  ['sept.', 9],
  ['März', 3],
  ['Maerz', 0],
  ['Dez', 12],
  ['février', 2],
  ['juin', 6],
  ['juil.', 7],
  ['août', 8],
  ['enero', 1],
  ['marzo', 3],
  ['ottobre', 10],
  ['mei', 5],
  ['марта', 3],
  ['października', 10],
  ['market', 0],
  ['12', 0],
])('%s is month %i', (name, month) => {
  expect(monthOf(name)).toBe(month);
});
