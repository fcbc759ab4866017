import path from 'node:path';
import { expect, test } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { assetPath, languageMisfit, misfitSentence, readCorpus } from '../../core/index.ts';
import { sharedPath } from '../shared.ts';

const english = { name: 'minilm-moe', languages: ['en'] };

const german = [
  'Die Bäckerei am Markt öffnet um sechs Uhr, und das Brot ist dann noch warm.',
  'Wir sind mit dem Zug nach Leipzig gefahren und haben dort die alte Messe besucht.',
  'Der Regen hat die Wege aufgeweicht, deshalb kann man den See nicht zu Fuß umrunden.',
  'Für den Kuchen braucht man Mehl, Eier und ein wenig Geduld beim Rühren.',
  'Im Winter werden die Boote an Land gezogen, damit das Eis sie nicht beschädigt.',
];
const chinese = [
  '今天早上的火车晚点了二十分钟，站台上挤满了人。',
  '她在院子里种了三棵梨树，春天会开白色的花。',
  '这家面馆的汤头要熬一整夜，所以中午就卖完了。',
  '图书馆周末也开放，但是借书需要提前预约。',
  '昨晚的风把屋顶的瓦片吹落了几块，需要尽快修理。',
];
const plain = [
  'The bakery at the market opens at six, and the bread is still warm by then.',
  'We took the train to the coast and visited the old harbour that was built there.',
  'It rained all night, so the paths around the lake can not be used for now.',
];

test('a German corpus does not fit a model that knows English', () => {
  const misfit = languageMisfit(german, english)!;
  expect(misfit).toMatchObject({ languages: [{ code: 'de', share: 1 }], share: 1, model: 'minilm-moe' });
  expect(misfit.suggestion).toMatchObject({ hub: 'nomic-ai/nomic-embed-text-v2-moe', installed: false });
  expect(misfitSentence(misfit)).toMatch(
    /^About 100 % of the texts are in German, but minilm-moe understands only English: .*moetopic models add nomic-ai\/nomic-embed-text-v2-moe, then --model nomic-embed-text-v2-moe\.$/,
  );
});

test('nor a Chinese one; a mixture is told with its share', () => {
  expect(languageMisfit(chinese, english)!.languages).toEqual([{ code: 'zh', share: 1 }]);
  const mixed = languageMisfit([...german, ...chinese, ...plain, ...plain], english)!;
  expect(mixed.languages.map(({ code }) => code)).toEqual(['de', 'zh']);
  expect(mixed.share).toBeCloseTo(10 / 16, 6);
  expect(misfitSentence(mixed)).toContain('About 63 % of the texts are in German and Chinese');
});

test('what a model knows, a few foreign texts, and texts without words are no misfit', () => {
  expect(languageMisfit(plain, english)).toBeNull();
  expect(
    languageMisfit([...Array<string[]>(7).fill(plain).flat(), ...german.slice(0, 3)], english),
  ).toBeNull();
  expect(languageMisfit(german, { name: 'other', languages: ['*'] })).toBeNull();
  expect(languageMisfit(german, { name: 'other', languages: ['en', 'de'] })).toBeNull();
  expect(languageMisfit(chinese, { name: 'other', languages: ['en', 'de'] })).not.toBeNull();
  expect(languageMisfit(german, { name: 'other', languages: [] })).toBeNull();
  expect(languageMisfit(['', '   ', '12345', '!!!'], english)).toBeNull();
});

const shared = (name: string): string[] => [sharedPath('corpora', name)].filter((file) => file !== null);
const corpora = [
  assetPath('corpora', 'debian-packages.csv.gz'),
  ...[
    '20news-bydate.tar.gz',
    'ag_news_test.csv.gz',
    'arxiv.csv.gz',
    'banking77.csv.gz',
    'clinc150.csv.gz',
  ].flatMap(shared),
];
for (const file of corpora)
  test(`${path.basename(file)} is English`, async () => {
    const corpus = await readCorpus(file, { sample: 1000 }, quietContext());
    expect(languageMisfit(corpus.texts, english)).toBeNull();
  });
for (const file of shared('thucnews_titles_zh.csv.gz'))
  test('headlines in Chinese are told', async () => {
    const corpus = await readCorpus(file, { sample: 1000 }, quietContext());
    expect(languageMisfit(corpus.texts, english)!.languages[0].code).toBe('zh');
  });
