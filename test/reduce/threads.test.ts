import { expect, test } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { cluster, clusterParams } from '../../core/cluster/index.ts';
import { keywordParams, vectorise } from '../../core/keywords/index.ts';
import { mostExact } from '../../core/reduce/nearest.ts';
import { reduce, reduceParams } from '../../core/reduce/index.ts';
import { topicTable } from '../../core/run/topic-table.ts';
import { around } from '../bench/reduce-synthetic.ts';
import { sameBytes } from '../cluster/same-bytes.ts';
import { sample } from './sample.ts';

test('every stage after embedding gives the same bytes for 1, 2 and 8 threads, beyond the exact search too', async () => {
  const data = around(sample(300, 12, 30), mostExact + 500);
  const texts = Array.from({ length: data.rows }, (_, i) => `word${i % 300} and word${i % 30}`);
  const flow = async (threads: number) => {
    const context = quietContext({ threads });
    const reduction = await reduce(data, reduceParams.parse({ epochs: 15 }), context);
    const clustering = await cluster(reduction.components, clusterParams.parse({}), context);
    const keywords = keywordParams.parse({ language: 'en' });
    const topics = await topicTable(
      {
        terms: await vectorise(texts, keywords, context),
        labels: clustering.labels,
        ids: texts.map((_, i) => String(i)),
        duplicateOf: new Int32Array(texts.length).fill(-1),
        embedWords: null,
        embedding: data,
      },
      keywords,
      context,
    );
    return { reduction, clustering, topics };
  };
  const bytes = ({ data }: { data: Float32Array }) =>
    Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const one = await flow(1);
  expect(one.reduction.recipe.search).toMatch(/inverted file/);
  for (const threads of [2, 8]) {
    const other = await flow(threads);
    expect(bytes(other.reduction.components).equals(bytes(one.reduction.components))).toBe(true);
    expect(bytes(other.reduction.map).equals(bytes(one.reduction.map))).toBe(true);
    expect(other.reduction.recipe).toEqual(one.reduction.recipe);
    expect(sameBytes(other.clustering, one.clustering)).toBe(true);
    expect(other.topics).toEqual(one.topics);
  }
}, 300_000);
