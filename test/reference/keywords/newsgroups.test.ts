import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../../../core/base/progress.ts';
import { keywordParams, topicKeywords, vectorise } from '../../../core/keywords/index.ts';
import { parseCsv } from '../../topics/csv.ts';
import { sharedPath } from '../../shared.ts';

const corpus = sharedPath('corpora', '20newsgroups.csv.gz');
const labelFile = sharedPath('reference', '20newsgroups-hdbscan-labels.csv');
const bertopic = sharedPath('reference', 'bertopic-20newsgroups.json');

// The corpus lies beside the checkout where it may be used; it is not part of the project.
describe.runIf(corpus && labelFile && bertopic)('20 Newsgroups with BERTopic’s clusters', () => {
  const rows = corpus ? parseCsv(gunzipSync(readFileSync(corpus)).toString('utf8')) : [[]];
  const texts = rows.slice(1).map((r) => r[rows[0].indexOf('text')]);
  const labels = labelFile
    ? Int32Array.from(readFileSync(labelFile, 'utf8').trim().split('\n').slice(1), Number)
    : new Int32Array();
  const reference = (bertopic ? JSON.parse(readFileSync(bertopic, 'utf8')) : {}) as {
    topics: Record<string, [string, number][]>;
    figures: { vocab: number };
  };

  it('has scikit-learn’s vocabulary', async () => {
    const terms = await vectorise(texts, keywordParams.parse({}), quietContext());
    expect(terms.languages).toEqual(['en']);
    expect(terms.vocabulary.length).toBe(reference.figures.vocab);
  });

  it('has BERTopic’s keywords and weights', async () => {
    const params = keywordParams.parse({ tokens: 'bertopic', clean: false });
    const terms = await vectorise(texts, params, quietContext());
    const ours = new Map(topicKeywords(terms, labels, params).map((t) => [t.topic, t.keywords]));
    // BERTopic numbers topics by size, and equal sizes in its own order: find ours by the weights.
    let found = 0;
    for (const list of Object.values(reference.topics)) {
      const wanted = list.filter(([word]) => word !== '');
      for (const keywords of ours.values()) {
        const same = wanted.every(([, weight], r) => Math.abs((keywords[r]?.weight ?? NaN) - weight) < 1e-9);
        if (!same || keywords.length < wanted.length) continue;
        const strict = wanted.filter(([, weight], r) =>
          wanted.every(([, other], s) => s === r || Math.abs(other - weight) > 1e-12),
        );
        for (const [word] of strict.slice(0, -1)) expect(keywords.map((k) => k.keyword)).toContain(word);
        found++;
        break;
      }
    }
    expect(found).toBe(Object.keys(reference.topics).length);
  });
});
