import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileKernel, kernelNames } from '../../core/reduce/kernels/compile.mjs';

const folder = new URL('../../core/reduce/kernels/', import.meta.url);

test.each(kernelNames())('%s.wasm.ts is what its source compiles to', async (name) => {
  expect(readFileSync(new URL(`${name}.wasm.ts`, folder), 'utf8')).toBe(await compileKernel(name));
});
