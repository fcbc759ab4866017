import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../core/base/paths.ts';
import { sessionSettings } from '../../core/onnx/session.ts';

const card = (precision: 'int8' | 'int4', total: number) => ({
  precision,
  parameters: { total, active: total },
});

test('weights of an int4 or a large model stay in the mapped file', () => {
  const session = (precision: 'int8' | 'int4', total: number) =>
    sessionSettings(card(precision, total)).extra?.session as Record<string, string>;
  expect(session('int8', 22e6)).not.toHaveProperty('disable_prepacking');
  expect(session('int4', 22e6)).toMatchObject({ disable_prepacking: '1' });
  expect(session('int8', 6.9e9)).toMatchObject({ disable_prepacking: '1' });
});

test('no product overflows, on CPUs without VNNI either', () => {
  expect(sessionSettings(card('int8', 22e6)).extra?.session).toMatchObject({ x64quantprecision: '1' });
});

test('the graph of a large int8 model on the CPU is run as it is written', () => {
  const level = (...of: Parameters<typeof sessionSettings>) => sessionSettings(...of).graphOptimizationLevel;
  expect(level(card('int8', 6.9e9))).toBe('disabled');
  expect(level(card('int8', 22e6))).toBeUndefined();
  expect(level(card('int4', 6.9e9))).toBeUndefined();
  expect(level(card('int8', 6.9e9), 'webgpu')).toBeUndefined();
});

test('everything that opens a model’s graph follows the rule', () => {
  for (const file of ['embed/pooled-session.ts', 'embed/token-model.ts', 'moe/run.ts'])
    expect(readFileSync(path.join(packageRoot, 'core', file), 'utf8')).toContain('...sessionSettings(card');
});
