import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WordReader } from '../../core/keywords/word-reader.ts';
import { TokenBuffer, Tokenizer, type TokenRule } from '../../core/keywords/tokens.ts';

function tokens(text: string, rule: TokenRule = 'words', language = 'en'): string[] {
  const tokenizer = new Tokenizer(rule, language);
  const buffer = new TokenBuffer();
  const prepared = tokenizer.prepare(text);
  tokenizer.cut(prepared, buffer);
  return Array.from({ length: buffer.count }, (_, t) => prepared.slice(buffer.starts[t], buffer.ends[t]));
}

describe('tokens', () => {
  it('are runs of two and more word characters in lower case', () => {
    expect(tokens("The X-ray didn't cost 25 £; see über_uns")).toEqual([
      'the',
      'ray',
      'didn',
      'cost',
      '25',
      'see',
      'über_uns',
    ]);
  });
  it('are real words in scripts without spaces', () => {
    expect(tokens('我爱北京天安门 and 深度学习模型', 'words', 'zh')).toContain('北京');
    expect(tokens('東京都に住んでいます', 'words', 'ja')).toContain('東京');
    expect(tokens('ภาษาไทยเป็นภาษา', 'words', 'th')).toContain('ภาษา');
    expect(tokens('我爱北京天安门 and me', 'words', 'zh')).toContain('and');
  });
  it('keep combining marks in their word', () => {
    expect(tokens('हिन्दी में समाचार')).toEqual(['हिन्दी', 'में', 'समाचार']);
    expect(tokens('cafe\u0301 olé')).toEqual(['café', 'olé']);
  });
  it('are not cut where nothing is seen', () => {
    expect(tokens('Don\u00adau\u00addampf\u00adschiff, pre\u2060fix; zero\u200bwidth')).toEqual([
      'donaudampfschiff',
      'prefix',
      'zero',
      'width',
    ]);
  });
  it('are as BERTopic prepares them on request', () => {
    expect(tokens("don't go to foo/bar\nnow", 'bertopic')).toEqual(['dont', 'go', 'to', 'foobar', 'now']);
  });
  it('are the same where a long text has no space, in time that grows with it', () => {
    const text = '我爱北京天安门深度学习模型是人工智能的一个重要分支'.repeat(4000);
    const began = performance.now();
    const found = tokens(text, 'words', 'zh');
    expect(performance.now() - began).toBeLessThan(10_000);
    const once = tokens(text.slice(0, text.length / 4000), 'words', 'zh');
    expect(found).toEqual(Array.from({ length: 4000 }, () => once).flat());
  });
  it.each([
    ['words', 'Don\u00adau, cafe\u0301 İzmir o\u0301', ['Don\u00adau', 'cafe\u0301', 'İzmir']],
    ['bertopic', "so, don't: foo/bar!", ['so', "don't", 'foo/bar']],
    ['sklearn', 'İİ İstanbul', ['stanbul']],
  ] as const)('are found in a text again as they were read: %s', (rule, text, places) => {
    const reader = new WordReader(new Tokenizer(rule, 'en'));
    const count = reader.read(text);
    const { words, starts, ends } = reader.find(text);
    expect([...words]).toEqual([...reader.words.subarray(0, count)]);
    expect(Array.from(starts, (start, t) => text.slice(start, ends[t]))).toEqual(places);
  });
  it('are what scikit-learn’s pattern finds, in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const expected = text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? [];
        expect(tokens(text, 'sklearn')).toEqual([...expected]);
      }),
    );
  });
});
