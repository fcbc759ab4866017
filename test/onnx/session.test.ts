import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../core/base/paths.ts';
import { sessionSettings } from '../../core/onnx/session.ts';

test('weights of an int4 or a large model stay in the mapped file', () => {
  const parameters = (total: number) => ({ total, active: total });
  expect(sessionSettings({ precision: 'int8', parameters: parameters(22e6) })).toEqual({});
  expect(sessionSettings({ precision: 'int4', parameters: parameters(22e6) })).toEqual({
    disable_prepacking: '1',
  });
  expect(sessionSettings({ precision: 'int8', parameters: parameters(6.9e9) })).toEqual({
    disable_prepacking: '1',
  });
});

test('everything that opens a model’s graph follows the rule', () => {
  for (const file of ['embed/pooled-session.ts', 'embed/token-model.ts', 'moe/run.ts'])
    expect(readFileSync(path.join(packageRoot, 'core', file), 'utf8')).toContain('sessionSettings(card)');
});
