import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTokeniser } from '../../core/embed/tokenise.ts';
import { CancelledError } from '../../core/base/errors.ts';
import { quietContext, type Progress } from '../../core/base/progress.ts';
import { convertModel, describeModel } from '../../core/moe/index.ts';
import { copyTokenizer } from '../../core/moe/tokenizer/files.ts';
import { mappedAlignment } from '../../core/moe/write/data-plan.ts';
import { expectedOf, fixtures, withFolder } from './fixtures.ts';

const olmoe = path.join(fixtures, 'olmoe');
const options = { precision: 'int4', device: 'cpu' } as const;

describe('conversion', () => {
  it('writes a whole folder, the same bytes every time, and says how far it is', () =>
    withFolder(async (folder) => {
      const said: Progress[] = [];
      const a = await convertModel(
        olmoe,
        `${folder}/a`,
        options,
        quietContext({ onProgress: (p) => said.push(p) }),
      );
      const b = await convertModel(olmoe, `${folder}/b`, options, quietContext({ threads: 1 }));
      expect((await readdir(`${folder}/a`)).sort()).toEqual([
        'model.onnx',
        'model.onnx.data',
        'moetopic.json',
        'pooled.onnx',
        'tokenizer.json',
        'tokenizer_config.json',
      ]);
      for (const name of ['model.onnx', 'pooled.onnx', 'model.onnx.data'])
        expect((await readFile(`${folder}/a/${name}`)).equals(await readFile(`${folder}/b/${name}`))).toBe(
          true,
        );
      expect(a.fingerprint).toBe(b.fingerprint);
      expect(said.at(-1)).toMatchObject({ stage: 'convert', fraction: 1, unit: 'MB' });
    }));

  it('goes on where it was cancelled, and gives the same model', () =>
    withFolder(async (folder) => {
      const whole = await convertModel(olmoe, `${folder}/whole`, options, quietContext());
      const stop = new AbortController();
      const cancelled = convertModel(
        olmoe,
        `${folder}/model`,
        options,
        quietContext({ signal: stop.signal, onProgress: () => stop.abort(new CancelledError()) }),
      );
      await expect(cancelled).rejects.toThrow(CancelledError);
      expect(await readdir(folder)).toEqual(['model.part', 'whole']);
      const resumed = await convertModel(olmoe, `${folder}/model`, options, quietContext());
      expect(resumed.fingerprint).toBe(whole.fingerprint);
      expect((await readdir(folder)).sort()).toEqual(['model', 'whole']);
    }));

  it('never overwrites a folder that is no model', () =>
    withFolder(async (folder) => {
      await writeFile(path.join(folder, 'diary.txt'), 'mine');
      await expect(convertModel(olmoe, folder, options, quietContext())).rejects.toThrow(
        /exists and is no model folder/,
      );
    }));

  it('cuts layers off', () =>
    withFolder(async (folder) => {
      const card = await convertModel(olmoe, `${folder}/m`, { ...options, layers: 1 }, quietContext());
      expect(card.layers).toBe(1);
      expect(card.routers).toEqual([{ layer: 0, kind: 'mlp', experts: 8, active: 2 }]);
      const all = await convertModel(olmoe, `${folder}/all`, options, quietContext());
      const size = async (name: string): Promise<number> =>
        (await stat(`${folder}/${name}/model.onnx.data`)).size;
      expect(await size('m')).toBeLessThan(await size('all'));
      expect(all.layers).toBe(3);
      await expect(
        convertModel(olmoe, `${folder}/none`, { ...options, layers: 4 }, quietContext()),
      ).rejects.toThrow(/has 3 layers, so 4 can't be kept/);
    }));

  it('puts large tensors where they can be mapped into memory', () => {
    expect(mappedAlignment).toBe(65536);
  });
});

describe('description', () => {
  it('counts parameters and names the gate', async () => {
    const d = await describeModel(olmoe);
    expect(d).toMatchObject({ family: 'olmoe', layers: 3, hiddenSize: 32, maxTokens: 256 });
    expect(d.gate).toBe('sparse, softmax top-2 of 8');
    // Embedding and head 2 · 431 · 32, final norm, and per layer attention, norms, router and 8 experts of 3 · 24 · 32.
    expect(d.parameters.total).toBe(2 * 431 * 32 + 32 + 3 * (4 * 1024 + 4 * 32 + 8 * 32 + 8 * 3 * 24 * 32));
    expect(d.parameters.total - d.parameters.active).toBe(3 * 6 * 3 * 24 * 32);
    expect(d.convertedBytes.int4).toBeLessThan(d.convertedBytes.fp32);
  });

  it('counts MXFP4 experts by their numbers, not their bytes', async () => {
    const { parameters } = await describeModel(path.join(fixtures, 'gpt-oss-mxfp4'));
    const experts = 2 * 8 * (64 * 64 + 64 * 32);
    expect(parameters.total).toBeGreaterThan(experts);
    expect(parameters.total).toBeLessThan(2 * experts);
  });
});

describe('tokenizer.model', () => {
  it('alone gives the ids of SentencePiece itself', () =>
    withFolder(async (to) => {
      const folder = path.join(fixtures, 'llama-moe');
      await copyTokenizer(folder, to);
      const tokeniser = await openTokeniser(to);
      const texts = [
        'The pitcher threw a no-hitter against the Giants last night.',
        "NASA's shuttle will service the Hubble Space Telescope; the launch window opens at 07:27 GMT.",
        'Does anyone know how to set the IRQ of a SCSI controller under MS-DOS 5.0?',
      ];
      const expected = await expectedOf(folder);
      texts.forEach((text, i) => expect([...tokeniser.encode(text, 1000).ids]).toEqual([...expected[i].ids]));
    }));
});
