import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { traceTexts } from '../../core/embed/index.ts';
import { convertModel } from '../../core/moe/index.ts';
import { expectedOf, fixtures, withFolder } from '../moe/fixtures.ts';

const text = "NASA's shuttle will service the Hubble Space Telescope; the launch window opens at 07:27 GMT.";

/** A trace by a fixture whose configuration promises 8 positions only. */
async function traceOf(
  fixture: string,
  scaling?: object,
): Promise<{ ids: Int32Array; hidden: Float32Array }> {
  return withFolder(async (folder) => {
    const source = path.join(folder, 'checkpoint');
    await cp(path.join(fixtures, fixture), source, { recursive: true });
    const file = path.join(source, 'config.json');
    const config = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    const rope = scaling ? { rope_scaling: scaling } : {};
    await writeFile(file, JSON.stringify({ ...config, max_position_embeddings: 8, ...rope }));
    await convertModel(source, `${folder}/model`, { precision: 'fp32', device: 'cpu' }, quietContext());
    const { traces } = await traceTexts(`${folder}/model`, [text], quietContext());
    return { ids: traces[0].ids, hidden: traces[0].hidden.data };
  });
}

it('traces a text beyond max_position_embeddings, as transformers does', async () => {
  const [, expected] = await expectedOf(path.join(fixtures, 'olmoe'));
  expect(expected.ids.length).toBeGreaterThan(8);
  const { ids, hidden } = await traceOf('olmoe');
  expect([...ids]).toEqual([...expected.ids]);
  hidden.forEach((h, i) => expect(Math.abs(h - expected.hidden[i])).toBeLessThan(1e-4));
});

it('cuts it where the positions of longer texts would be others', async () => {
  expect((await traceOf('olmoe', { rope_type: 'dynamic', factor: 2 })).ids).toHaveLength(8);
});
