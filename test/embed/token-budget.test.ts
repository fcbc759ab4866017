import { expect, test } from 'vitest';
import { tokenBudget } from '../../core/embed/token-budget.ts';
import type { ModelCard } from '../../core/stages.ts';

const card = (hiddenSize: number, total: number): ModelCard =>
  ({ hiddenSize, parameters: { total, active: total } }) as ModelCard;

test('the batch is what is fast while memory is there, and follows it down where it is not', () => {
  const [small, large] = [card(384, 22e6), card(2048, 7e9)];
  expect(tokenBudget(small, 'cpu', 16e9)).toBe(1024);
  expect(tokenBudget(large, 'cpu', 16e9)).toBe(4096);
  expect(tokenBudget({ ...large, precision: 'int8' }, 'cpu', 16e9)).toBe(2048);
  expect(tokenBudget(large, 'cuda', 64e9)).toBe(16_384);
  const budgets = [16e9, 4e9, 1e9, 200e6, 1e6].map((free) => tokenBudget(large, 'cpu', free));
  expect(budgets).toEqual([...budgets].sort((a, b) => b - a));
  // A quarter of a gigabyte at 64 floats for each of 2,048 units.
  expect(budgets[2]).toBe(Math.floor(1e9 / 4 / (64 * 4 * 2048)));
  expect(budgets.at(-1)).toBe(64);
});
