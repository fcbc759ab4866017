import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { traceTexts } from '../../core/embed/index.ts';
import { convertModel } from '../../core/moe/index.ts';
import { expectedOf, fixtures, withFolder } from '../moe/fixtures.ts';

const text = "NASA's shuttle will service the Hubble Space Telescope; the launch window opens at 07:27 GMT.";

/** A trace by a fixture, with a few keys of its configuration changed. */
async function traceOf(
  fixture: string,
  keys: object,
  read = text,
): Promise<{ ids: Int32Array; hidden: Float32Array }> {
  return withFolder(async (folder) => {
    const source = path.join(folder, 'checkpoint');
    await cp(path.join(fixtures, fixture), source, { recursive: true });
    const file = path.join(source, 'config.json');
    const config = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    await writeFile(file, JSON.stringify({ ...config, ...keys }));
    await convertModel(source, `${folder}/model`, { precision: 'fp32', device: 'cpu' }, quietContext());
    const { traces } = await traceTexts(`${folder}/model`, [read], quietContext());
    return { ids: traces[0].ids, hidden: traces[0].hidden.data };
  });
}

// The second's positions change with the length of a text from there on.
it.each([
  ['olmoe', { max_position_embeddings: 8 }],
  ['mixtral-dynamic', {}],
])('traces a text beyond max_position_embeddings, as transformers does: %s', async (fixture, keys) => {
  const [, expected] = await expectedOf(path.join(fixtures, fixture));
  expect(expected.ids.length).toBeGreaterThan(12);
  const { ids, hidden } = await traceOf(fixture, keys);
  expect([...ids]).toEqual([...expected.ids]);
  hidden.forEach((h, i) => expect(Math.abs(h - expected.hidden[i])).toBeLessThan(1e-4));
});

it('cuts it where there are no more positions', async () => {
  expect((await traceOf('bert', {}, text.repeat(9))).ids).toHaveLength(64);
});
