import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../core/moe/checkpoint/open.ts';
import { buildGraphs } from '../../core/moe/convert.ts';
import { readModelConfig } from '../../core/moe/model-config.ts';
import { needsCpuOnWebGpu, providerOperators } from '../../core/moe/providers.ts';
import type { Device } from '../../core/moe/index.ts';
import { fixtureFolders } from './fixtures.ts';

describe('graphs consist of the operators that their provider documents', async () => {
  for (const folder of await fixtureFolders())
    it(path.basename(folder), async () => {
      const { config, family } = await readModelConfig(folder);
      const checkpoint = await openCheckpoint(folder);
      const model = family.open(config, checkpoint, {});
      for (const device of Object.keys(providerOperators) as Device[])
        for (const precision of ['fp32', 'fp16', 'int8', 'int4'] as const) {
          const { operators } = buildGraphs(checkpoint, model, { precision, device });
          const foreign = [...operators].filter((o) => !providerOperators[device].has(o));
          expect(foreign, `${device} ${precision}`).toEqual([]);
          if (device === 'webgpu' && !needsCpuOnWebGpu.includes(family.name))
            expect(operators.has(':Shape') || operators.has(':NonZero')).toBe(false);
        }
      await checkpoint.close();
    });
});
