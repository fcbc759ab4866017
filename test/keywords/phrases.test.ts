import { describe, expect, it } from 'vitest';
import type { DocumentTerms } from '../../core/stages.ts';
import { quietContext } from '../../core/base/progress.ts';
import {
  editTerms,
  keywordParams,
  phraseTerms,
  topicKeywords,
  vectorise,
} from '../../core/keywords/index.ts';

const texts = [
  'Large language models need memory. Large language models are costly to run.',
  'The large language models, trained slowly, answer questions; open-source software helps.',
  'A bicycle chain wears out. Oil the bicycle chain, not the brake pads!',
  'New brake pads and a bicycle chain: open-source software for bicycles.',
];
const labels = Int32Array.of(0, 0, 1, 1);
const context = quietContext();
const params = (over: object = {}) => keywordParams.parse({ language: 'en', ...over });

describe('phrases', () => {
  it('are words side by side, the parts of longer ones left out', async () => {
    const terms = await vectorise(texts, params(), context);
    const phrases = await phraseTerms(texts, terms, 'en', context);
    expect(phrases.vocabulary.toSorted()).toEqual([
      'bicycle chain',
      'brake pads',
      'language models',
      'large language',
      'large language models',
      'open source',
      'open source software',
      'source software',
    ]);
    const [first, second] = topicKeywords(phrases, labels, params());
    expect(first.keywords[0].keyword).toBe('large language models');
    expect(first.keywords.map((k) => k.keyword)).not.toContain('large language');
    expect(second.keywords.slice(0, 2).map((k) => k.keyword)).toEqual(['bicycle chain', 'brake pads']);
  });
  it('of n-grams hold no parts of each other either', async () => {
    const terms = await vectorise(texts, params({ ngrams: '1-3' }), context);
    const [first] = topicKeywords(terms, labels, params({ topWords: 5 }));
    expect(first.keywords[0].keyword).toBe('large language models');
    expect(first.keywords.map((k) => k.keyword)).not.toContain('language');
    expect(editTerms(terms, { stopWords: ['large'] })).toBeNull();
  });
});

describe('edits of the vocabulary', () => {
  it('on the counts give what counting anew gives', async () => {
    const edits = {
      stopWords: ['memory', 'oil'],
      thesaurus: { bicycles: 'bicycle', costly: 'dear', models: 'oil' },
    };
    const terms = await vectorise(texts, params(), context);
    const edited = editTerms(terms, edits)!;
    const anew = await vectorise(texts, params(), context, edits);
    expect(edited.vocabulary.toSorted()).toEqual(anew.vocabulary.toSorted());
    expect(topicKeywords(edited, labels, params())).toEqual(topicKeywords(anew, labels, params()));
    const places = (t: DocumentTerms): string[] =>
      [...t.tokenize('Bicycles and costly models').terms].map((c) => t.vocabulary[c] ?? '-');
    expect(places(edited)).toEqual(['bicycle', '-', 'dear', '-']);
    expect(places(anew)).toEqual(places(edited));
  });
  it('that bring stop words back need counting anew', async () => {
    const terms = await vectorise(texts, params(), context);
    expect(editTerms(terms, { keptWords: ['the'] })).toBeNull();
    const anew = await vectorise(texts, params(), context, { keptWords: ['the'] });
    expect(anew.vocabulary).toContain('the');
  });
});
