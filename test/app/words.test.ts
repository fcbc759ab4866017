import { expect, it } from 'vitest';
import { holdsWord } from '../../app/worker/documents.ts';

it.each([
  ['a red car, parked', 'car', true],
  ['a scarce card', 'car', false],
  ['car', 'car', true],
  ['cards on the table', 'car*', true],
  ['a scarecrow', 'car*', false],
  ['scarce, then a car', 'car', true],
  ['<img src=x onerror="f()">', 'onerror', true],
  ['über die brücke', 'brücke', true],
  ['über die brücken', 'brücke', false],
  ['我们在北京开会', '北京', true],
  ['write in c++ today', 'c++', true],
  ['50% off', '50%', true],
  ['*', '*', true],
])('%s: %s', (text, word, holds) => {
  expect(holdsWord(text, word)).toBe(holds);
});
