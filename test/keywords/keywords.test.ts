import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CancelledError, InputError } from '../../core/base/errors.ts';
import type { Matrix } from '../../core/base/matrix.ts';
import { quietContext } from '../../core/base/progress.ts';
import {
  extractKeywords,
  keywordParams,
  topicKeywords,
  topicName,
  vectorise,
} from '../../core/keywords/index.ts';

const context = quietContext();
const params = (over: object = {}) => keywordParams.parse({ language: 'en', ...over });
const texts = [
  "I don't know why the goalie left. We've seen him at goalie@hockey.example.org, number 3141.",
  "The goalie didn't stop it; hockey fans don't forget, they've said, 3141 times.",
  'Orbit and launch: the rocket reached orbit, the launch was perfect.',
  'A launch into orbit needs a rocket and patience; mail me at example.org.',
  'M8W%I="(@8F5G:6X@9FEL92!H97)E("$A(0H@(&%X(&%X(&%X(&%X8F5G:6X axes MAX=AX=AX=AX=AX=AX=AX=AX=AX=AX=AX=AX=AX',
];
const labels = Int32Array.of(0, 0, 1, 1, -1);
const input = (over: object = {}) => ({ texts, labels, embedWords: null, embedding: null, ...over });
const words = (list: { keywords: readonly { keyword: string }[] }[]): string[][] =>
  list.map((t) => t.keywords.map((k) => k.keyword));

/** A model for words that knows two directions: sport and space. */
async function embedWords(list: readonly string[]): Promise<Matrix> {
  const data = list.flatMap((w) => [
    /hockey|goalie/.test(w) ? 1 : 0.1,
    /orbit|launch|rocket/.test(w) ? 1 : 0.1,
  ]);
  return { data: Float32Array.from(data), rows: list.length, columns: 2 };
}

describe('keywords', () => {
  it('leave out pieces of contractions, numbers and addresses', async () => {
    const [, sport, space] = words(await extractKeywords(input(), params(), context));
    expect(sport.slice(0, 2)).toEqual(['goalie', 'hockey']);
    for (const junk of ['don', 've', 'didn', '3141', 'org']) {
      expect(sport).not.toContain(junk);
      expect(space).not.toContain(junk);
    }
  });
  it('leave out addresses, tags with their attributes, and characters’ names', async () => {
    const page = (subject: string): string =>
      `<div class="post" id=p1><p style="color:red">A <b>${subject}</b> &quot;of&quot; lore quot;too quot; ` +
      `<a href="https://news.example.org/item/rss?ref=9">more</a></p></div> See [notes](https://t.co/path/x) www.site.org`;
    const list = [page('goalie'), page('goalie hockey'), page('rocket'), page('rocket orbit')];
    const found = words(
      await extractKeywords(
        input({ texts: list, labels: Int32Array.of(0, 0, 1, 1) }),
        params({ topWords: 50 }),
        context,
      ),
    ).flat();
    expect(found).toEqual(['goalie', 'lore', 'notes', 'rocket', 'lore', 'notes']);
  });
  it('are words of one document each before they are none', async () => {
    const list = ['lone &quot;goalie 17 17', 'sole &quot;rocket 17 17', 'orbit', 'orbit'];
    const [first] = words(
      await extractKeywords(input({ texts: list, labels: Int32Array.of(0, 0, 1, 1) }), params(), context),
    );
    expect(first).toEqual(['goalie', 'lone', 'rocket', 'sole']);
  });
  it('keep what stands between signs of less and more', async () => {
    const list = ['if goalie < hockey and league > puck', 'if goalie < hockey and league > puck'];
    const found = words(
      await extractKeywords(
        input({ texts: list, labels: Int32Array.of(0, 0) }),
        params({ topWords: 50 }),
        context,
      ),
    ).flat();
    expect(found).toEqual(expect.arrayContaining(['goalie', 'hockey', 'league', 'puck']));
  });
  it('show everything on request', async () => {
    const [, sport] = words(await extractKeywords(input(), params({ clean: false, topWords: 50 }), context));
    expect(sport).toEqual(expect.arrayContaining(['don', 've', '3141', 'org']));
  });
  it('meet stop words whose accents are written beside their letters', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'stop-')), 'words.txt');
    writeFileSync(file, 'me\u0302me\nÜBER\n');
    const list = ['même über goalie', 'me\u0302me u\u0308ber rocket'];
    const found = await vectorise(list, params({ stopWords: file }), context);
    expect(found.vocabulary).toEqual(['goalie', 'rocket']);
    const kept = { keptWords: ['me\u0302me'] };
    const again = await vectorise(list, params({ stopWords: file }), context, kept);
    expect(again.vocabulary).toContain('même');
  });
  it('take stop words from a file, and a thesaurus', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'stop-')), 'words.txt');
    writeFileSync(file, '# mine\nGoalie\nthe\n');
    const plain = await vectorise(texts, params({ stopWords: file }), context);
    expect(plain.vocabulary).not.toContain('goalie');
    expect(plain.vocabulary).toContain('and');
    const mapped = await vectorise(texts, params(), context, { thesaurus: { rocket: 'launch' } });
    const column = mapped.vocabulary.indexOf('launch');
    expect(mapped.vocabulary).not.toContain('rocket');
    expect(mapped.counts.filter((_, e) => mapped.indices[e] === column).reduce((a, b) => a + b)).toBe(5);
  });
  it('say where a text’s terms are', async () => {
    const terms = await vectorise(texts, params(), context);
    const { terms: ids, starts, ends } = terms.tokenize('ORBIT, unknown orbits and the Rocket');
    expect([...ids].map((t) => terms.vocabulary[t] ?? null)).toEqual([
      'orbit',
      null,
      null,
      null,
      null,
      'rocket',
    ]);
    expect([starts[5], ends[5]]).toEqual([30, 36]);
  });
  it('by MMR and by embedding come from the model for words', async () => {
    const embedding: Matrix = { data: Float32Array.of(1, 0, 1, 0, 0, 1, 0, 1, 0, 0), rows: 5, columns: 2 };
    const model = input({ embedWords, embedding });
    const [, sport, space] = words(await extractKeywords(model, params({ keywords: 'embedding' }), context));
    expect(sport.slice(0, 2)).toEqual(['goalie', 'hockey']);
    expect(space.slice(0, 3).sort()).toEqual(['launch', 'orbit', 'rocket']);
    const byMmr = await extractKeywords(model, params({ keywords: 'mmr', topWords: 2 }), context);
    expect(words(byMmr)[1]).toHaveLength(2);
    await expect(extractKeywords(input(), params({ keywords: 'mmr' }), context)).rejects.toThrow(InputError);
  });
  it('need a label for each document', async () => {
    await expect(extractKeywords(input({ labels: Int32Array.of(1) }), params(), context)).rejects.toThrow(
      'one label for each document',
    );
  });
  it('can be cancelled', async () => {
    const signal = AbortSignal.abort(new CancelledError());
    await expect(extractKeywords(input(), params(), { ...context, signal })).rejects.toThrow(CancelledError);
  });
  it('of a topic without words are none', async () => {
    const empty = input({ texts: ['', '', 'word word'], labels: Int32Array.of(0, 0, 1) });
    expect(words(await extractKeywords(empty, params(), context))).toEqual([[], ['word']]);
  });
  it('do not depend on the topics’ numbers', async () => {
    const terms = await vectorise(texts, params(), context);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1000), { minLength: 3, maxLength: 3 }), (ids) => {
        const renamed = topicKeywords(
          terms,
          labels.map((l) => (l < 0 ? -1 : ids[l])),
          params(),
        );
        for (const { topic, keywords } of topicKeywords(terms, labels, params()))
          expect(renamed.find((t) => t.topic === (topic < 0 ? -1 : ids[topic]))?.keywords).toEqual(keywords);
      }),
    );
  });
});

describe('a topic’s name', () => {
  const named = (...list: string[]): string =>
    topicName(
      3,
      list.map((keyword) => ({ keyword, weight: 1 })),
    );
  it('is its first four keywords', () => expect(named('a', 'b', 'c', 'd', 'e')).toBe('a · b · c · d'));
  it('holds no two forms of one word', () =>
    expect(named('game', 'games', 'ice hockey', 'hockey', 'batteries', 'battery', 'class')).toBe(
      'game · ice hockey · batteries · class',
    ));
  it('is its number without keywords', () => expect(named()).toBe('Topic 3'));
  it('says what outliers are', () => expect(topicName(-1, [])).toBe('Outliers'));
});
