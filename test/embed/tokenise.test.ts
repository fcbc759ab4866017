import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeText } from '../../core/embed/encode-text.ts';
import { readPrompt } from '../../core/embed/prompt.ts';
import type { Json } from '../../core/embed/tokeniser/json.ts';
import { Pipeline } from '../../core/embed/tokeniser/pipeline.ts';
import { openTokeniser } from '../../core/embed/tokenise.ts';
import { assetPath } from '../../core/base/paths.ts';
import { expectedOf, fixtures } from '../moe/fixtures.ts';
import { readSafetensorsHeader } from '../../core/moe/checkpoint/safetensors.ts';

const bundled = assetPath('models', 'minilm-moe');
const texts = [
  'The pitcher threw a no-hitter against the Giants last night.',
  "NASA's shuttle will service the Hubble Space Telescope; the launch window opens at 07:27 GMT.",
  'Does anyone know how to set the IRQ of a SCSI controller under MS-DOS 5.0?',
  'Zürich – naïve café, 你好，世界！ \t tabs  and   spaces 😀',
  'a',
];

describe('token ids', () => {
  it.each(['bert-moe', 'olmoe', 'mixtral', 'switch'])(
    "are the reference implementation's: %s",
    async (family) => {
      const folder = path.join(fixtures, family);
      const tokeniser = await openTokeniser(folder);
      expect((await readSafetensorsHeader(path.join(folder, 'expected.safetensors'))).length).toBeGreaterThan(
        0,
      );
      const expected = await expectedOf(folder);
      texts.forEach((text, i) => expect([...tokeniser.encode(text, 1000).ids]).toEqual([...expected[i].ids]));
    },
  );

  it.each(['bert-moe', 'olmoe', 'mixtral', 'switch'])(
    'of half a surrogate pair are those of a character that stands for none: %s',
    async (family) => {
      const tokeniser = await openTokeniser(path.join(fixtures, family));
      const ids = (text: string): number[] => [...tokeniser.encode(text, 1000).ids];
      for (const half of ['\ud800', '\udc00', 'a\ud83d b', '\ude00\ud83d'])
        expect(ids(half)).toEqual(ids(half.replace(/\p{Surrogate}/gu, '\ufffd')));
      // A whole pair is one character, and is cut nowhere.
      for (const limit of [3, 4, 5, 6, 7])
        for (const id of tokeniser.encode('𠮷😀'.repeat(9), limit).ids)
          expect(ids('𠮷😀'.repeat(9))).toContain(id);
      expect(ids('')).toEqual(ids('').slice(0, tokeniser.specialTokens));
    },
  );

  it('word by word equal those of the whole text, and a limit only cuts their end', async () => {
    const tokeniser = await openTokeniser(bundled);
    const json = JSON.parse(await readFile(path.join(bundled, 'tokenizer.json'), 'utf8')) as Json;
    const whole = new Pipeline(json, {});
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        'don’t',
        'naïve',
        '你好',
        'Σίσυφος',
        '\u00a0',
        '\n',
        '\t',
        '[SEP]',
        'ＡＢＣ',
        'e\u0301',
        'antidisestablishmentarianism',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.integer({ min: 3, max: 20 }), (words, limit) => {
        const text = words.join(' ');
        const ids = [...whole.around.before, ...whole.encode(text), ...whole.around.after];
        expect([...tokeniser.encode(text, 100_000).ids]).toEqual(ids);
        const cut = tokeniser.encode(text, limit);
        expect(cut.truncated).toBe(ids.length > limit);
        expect([...cut.ids]).toEqual(
          ids.length > limit ? [...ids.slice(0, limit - 1), ids[ids.length - 1]] : ids,
        );
      }),
      { numRuns: 100 },
    );
  });

  it.each(['olmoe', 'mixtral', 'switch'])(
    'of a long text are the first of all of them: %s',
    async (family) => {
      const tokeniser = await openTokeniser(path.join(fixtures, family));
      const long = Array.from({ length: 400 }, (_, i) => texts[i % 4]).join(' \n');
      const all = tokeniser.encode(long, 1_000_000);
      expect(all.truncated).toBe(false);
      const special = tokeniser.specialTokens;
      for (const limit of [16, 100, 501]) {
        const { ids, truncated } = tokeniser.encode(long, limit);
        expect(truncated).toBe(true);
        expect(ids.length).toBe(limit);
        // What comes before the text and its first tokens; the end is special tokens again.
        expect([...ids.slice(0, limit - special)]).toEqual([...all.ids.slice(0, limit - special)]);
      }
    },
  );
});

describe('prompts', () => {
  it('are never cut, only the text inside them', async () => {
    const tokeniser = await openTokeniser(bundled);
    const prompt = readPrompt('prompteol', '');
    const tail = [...tokeniser.encode('x" means in one word:"', 100).ids].slice(-8);
    const text = 'the quick brown fox jumps over the lazy dog '.repeat(50);
    for (const maxTokens of [24, 40, 64]) {
      const { chunks, truncated } = encodeText(tokeniser, text, { prompt, maxTokens, long: 'truncate' });
      expect(truncated).toBe(true);
      expect(chunks).toHaveLength(1);
      expect(chunks[0].length).toBeLessThanOrEqual(maxTokens);
      expect(chunks[0].length).toBeGreaterThanOrEqual(maxTokens - 1);
      expect([...chunks[0].slice(-8)]).toEqual(tail);
    }
  });

  it('read a long text in chunks that hold all of it', async () => {
    const tokeniser = await openTokeniser(bundled);
    const text = Array.from({ length: 300 }, (_, i) => `w${i}`).join(' ');
    const all = [...tokeniser.encode(text, 10_000).ids].slice(1, -1);
    const { chunks } = encodeText(tokeniser, text, {
      prompt: readPrompt('none', ''),
      maxTokens: 32,
      long: 'chunk',
    });
    expect(chunks.flatMap((c) => [...c.slice(1, -1)])).toEqual(all);
    for (const c of chunks) expect(c.length).toBeLessThanOrEqual(32);
  });

  it('prepare texts as the paper does', () => {
    const { head, tail, prepare } = readPrompt('paper', 'ignored: ');
    expect(head + prepare('say "yes" to_it') + tail).toBe('"say \'yes\' to it."');
  });

  it('need a place for the text', () => {
    expect(() => readPrompt('What is this?', '')).toThrow(/\{text\}/);
  });
});
