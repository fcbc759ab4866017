/** Run by webgpu.test.ts in a process of its own: converts a fixture for WebGPU, runs it with the CPU's help forbidden, prints the hidden states. */
import path from 'node:path';
import { quietContext } from '../../core/base/progress.ts';
import { convertModel, openTokenModel, type Precision } from '../../core/moe/index.ts';
import { expectedOf } from './fixtures.ts';

const [source, folder, precision] = process.argv.slice(2);
const target = path.join(folder, 'gpu');
await convertModel(source, target, { precision: precision as Precision, device: 'webgpu' }, quietContext());
const model = await openTokenModel(target, {
  threads: 1,
  providers: ['webgpu'],
  extra: { session: { disable_cpu_ep_fallback: '1' } },
});
const [first, , third] = await expectedOf(source);
const states = await model.run([first.ids, third.ids]);
console.log(`RESULT ${JSON.stringify(states.map((s) => [...s.hidden.data]))}`);
process.exit(0);
