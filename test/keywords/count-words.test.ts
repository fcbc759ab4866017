import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import {
  countWords,
  editTerms,
  keywordParams,
  vectorise,
  vectoriseAndKeep,
} from '../../core/keywords/index.ts';
import type { DocumentTerms } from '../../core/stages.ts';

const context = quietContext();
const word = fc.constantFrom(
  'sea',
  'ship',
  'The',
  'don’t',
  'dont',
  'a',
  'moon@x.org',
  '95',
  'boat',
  'of',
  '海上',
  'cars',
  'cafe\u0301',
  'Don\u00adau',
  'İzmir',
);
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
const edits = fc.record({
  stopWords: fc.subarray(['sea', 'boat', '95']),
  keptWords: fc.subarray(['the', 'of']),
  thesaurus: fc.constantFrom<Record<string, string>[]>(
    {},
    { ship: 'boat' },
    { cars: 'vehicle', ship: 'the' },
  ),
});
const params = fc
  .record({
    ngrams: fc.constantFrom('1', '1-2', '2-3', '1-3'),
    minDf: fc.constantFrom(1, 2),
    stopWords: fc.constantFrom('en', 'none'),
    tokens: fc.constantFrom('words', 'sklearn', 'bertopic'),
  })
  .map((own) => keywordParams.parse({ language: 'en', ...own }));

const numbers = ({ vocabulary, offsets, indices, counts, hidden }: DocumentTerms) => ({
  vocabulary,
  offsets,
  indices,
  counts,
  hidden,
});

it('words that were read once are counted as their texts are, under any edits', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { minLength: 1, maxLength: 8 }),
      params,
      edits,
      async (texts, own, over) => {
        const { words } = await vectoriseAndKeep(texts, own, context);
        const again = await countWords(words!, own, context, over);
        const anew = await vectorise(texts, own, context, over);
        expect(numbers(again)).toEqual(numbers(anew));
        expect(again.size).toBe(anew.vocabulary.length);
        for (const [d, own] of texts.entries()) {
          expect([...again.sequence!(d)]).toEqual([...again.tokenize(own).terms]);
          expect([...again.tokenize(own).terms]).toEqual([...anew.tokenize(own).terms]);
        }
        const edited = editTerms(again, { stopWords: ['ship'] });
        for (const [d, own] of texts.entries())
          if (edited) expect([...edited.sequence!(d)]).toEqual([...edited.tokenize(own).terms]);
      },
    ),
    { numRuns: 200 },
  );
});

it('words beyond the limit are not kept', async () => {
  const { words } = await vectoriseAndKeep(['sea ship', 'moon'], keywordParams.parse({}), context, {}, 2);
  expect(words).toBeNull();
});
