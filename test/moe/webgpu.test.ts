import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { convertModel, openTokenModel, type Precision } from '../../core/moe/index.ts';
import { expectedOf, fixtures, largestDifference, withFolder } from './fixtures.ts';

/** A GPU in software: Debian's chromium comes with SwiftShader, which ONNX Runtime's WebGPU provider runs on. */
const swiftShader = '/usr/lib/chromium/vk_swiftshader_icd.json';

describe.runIf(existsSync(swiftShader))(
  'WebGPU, with the CPU’s help forbidden, computes what the CPU does',
  () => {
    const cases: [string, Precision][] = [
      ['olmoe', 'int4'],
      ['deepseek-v2', 'fp32'],
      ['switch', 'int8'],
    ];
    for (const [name, precision] of cases)
      it(`${name} ${precision}`, { timeout: 300_000 }, () =>
        withFolder(async (folder) => {
          const script = path.join(
            process.cwd(),
            'node_modules',
            '.cache',
            `webgpu-run-${process.pid}-${name}.mjs`,
          );
          await build({
            entryPoints: [path.join(import.meta.dirname, 'webgpu-run.ts')],
            outfile: script,
            bundle: true,
            platform: 'node',
            format: 'esm',
            packages: 'external',
            define: { 'import.meta.url': JSON.stringify(import.meta.url) },
          });
          const source = path.join(fixtures, name);
          const { stdout } = await promisify(execFile)(
            process.execPath,
            [script, source, folder, precision],
            {
              env: {
                ...process.env,
                VK_ICD_FILENAMES: swiftShader,
                LD_LIBRARY_PATH: path.dirname(swiftShader),
              },
              maxBuffer: 1 << 26,
            },
          );
          const line = stdout.split('\n').find((l) => l.startsWith('RESULT ')) ?? '';
          const hidden = JSON.parse(line.slice('RESULT '.length)) as number[][];
          // At int8 the CPU rounds activations too, so there only the directions can be compared.
          const expected = await expectedOf(source);
          await convertModel(source, `${folder}/cpu`, { precision, device: 'cpu' }, quietContext());
          const model = await openTokenModel(`${folder}/cpu`, { threads: 1 });
          const states = await model.run([expected[0].ids, expected[2].ids]);
          await model.close();
          hidden.forEach((h, i) => {
            const cpu = states[i].hidden.data;
            if (precision === 'int8') expect(cosine(h, cpu)).toBeGreaterThan(0.99);
            else expect(largestDifference(h, cpu)).toBeLessThan(1e-3);
          });
        }),
      );
  },
);

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return ab / Math.sqrt(aa * bb);
}
