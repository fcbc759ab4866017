import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../core/base/errors.ts';
import { quietContext } from '../../../core/base/progress.ts';
import {
  keywordParams,
  stopWordList,
  topicKeywords,
  topicTerms,
  vectorise,
} from '../../../core/keywords/index.ts';
import {
  approximateDistribution,
  readBertopic,
  topicVectors,
  writeBertopic,
} from '../../../core/topics/index.ts';
import { encodeSafetensors } from '../../../core/topics/bertopic/safetensors.ts';

const saved = fileURLToPath(new URL('bertopic-model', import.meta.url));
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const documents = read('../keywords/texts.json') as { text: string; label: number }[];
const { embeddings } = read('bertopic.json') as { embeddings: number[][] };
const texts = documents.map((d) => d.text);
const labels = Int32Array.from(documents, (d) => d.label);
const embedding = { data: Float32Array.from(embeddings.flat()), rows: texts.length, columns: 4 };
const params = keywordParams.parse({ language: 'en', tokens: 'sklearn', clean: false });

describe('a model saved by BERTopic', () => {
  it('is read with its topics, keywords, names and vectors', async () => {
    const model = await readBertopic(saved);
    expect([...model.labels]).toEqual([...labels]);
    expect([...model.topics]).toEqual([-1, 0, 1, 2]);
    expect(model.names.get(0)).toBe('Ice hockey');
    expect(model.embeddingModel).toBeNull();
    const means = topicVectors(embedding, labels);
    const { data } = model.vectors!;
    const first = data.subarray(4, 8);
    const length = Math.hypot(...first);
    first.forEach((v, c) => expect(v / length).toBeCloseTo(means.vectors.data[c], 5));
  });
  it('has the c-TF-IDF that we compute', async () => {
    const { terms: theirs, keywords } = await readBertopic(saved);
    const ours = topicTerms(await vectorise(texts, params, quietContext()), labels, params);
    expect(theirs!.ngrams).toBe('1-1');
    expect(theirs!.stopWords).toBe('english');
    expect([...theirs!.vocabulary].sort()).toEqual([...ours.terms.vocabulary].sort());
    const column = new Map(ours.terms.vocabulary.map((w, c) => [w, c]));
    theirs!.idf.forEach((v, c) => expect(ours.idf[column.get(theirs!.vocabulary[c])!]).toBeCloseTo(v, 9));
    const weight = new Map(
      [...ours.weights.indices.subarray(ours.weights.offsets[1], ours.weights.offsets[2])].map((c, e) => [
        ours.terms.vocabulary[c],
        ours.weights.values[ours.weights.offsets[1] + e],
      ]),
    );
    for (const k of keywords[1].keywords) expect(weight.get(k.keyword)).toBeCloseTo(k.weight, 9);
  });
  it('is read when its vectors are from before outliers got topics, or from before there were any', async () => {
    const { topics, vectors } = await readBertopic(saved);
    const columns = vectors!.columns;
    const withTopics = (labels: number[], rows: Float32Array): string => {
      const folder = mkdtempSync(path.join(tmpdir(), 'bertopic-'));
      const representations = Object.fromEntries([...new Set(labels)].map((t) => [t, [['word', 1]]]));
      writeFileSync(
        path.join(folder, 'topics.json'),
        JSON.stringify({ topics: labels, topic_representations: representations }),
      );
      writeFileSync(path.join(folder, 'config.json'), '{}');
      const tensor = { shape: [rows.length / columns, columns], data: rows };
      writeFileSync(
        path.join(folder, 'topic_embeddings.safetensors'),
        encodeSafetensors({ topic_embeddings: tensor }),
      );
      return folder;
    };
    expect(topics[0]).toBe(-1);
    const real = vectors!.data.slice(columns);
    const without = await readBertopic(withTopics([2, 0, 1], vectors!.data));
    expect(without.vectors).toEqual({ data: real, rows: 3, columns });
    const added = await readBertopic(withTopics([2, -1, 0, 1], real));
    expect(added.vectors!.data.subarray(columns)).toEqual(real);
    expect(added.vectors!.data.subarray(0, columns)).toEqual(new Float32Array(columns));
    await expect(readBertopic(withTopics([0, 1], real))).resolves.toMatchObject({
      topics: Int32Array.of(0, 1),
    });
    await expect(readBertopic(withTopics([0], real))).rejects.toThrow('one vector for each of 1 topics');
  });
  it('is read with vectors in float64, and with the names of topics that it was given', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'bertopic-'));
    writeFileSync(path.join(folder, 'config.json'), readFileSync(path.join(saved, 'config.json')));
    const topics = JSON.parse(readFileSync(path.join(saved, 'topics.json'), 'utf8')) as object;
    // As 0.17.4 saves a model of NumPy's float64 embeddings with a zero-shot topic.
    const topic_labels = { '-1': '-1_the_a', '0': '0_ice_goal', '1': 'Space', '2': '2_files_disk' };
    writeFileSync(
      path.join(folder, 'topics.json'),
      JSON.stringify({ ...topics, topic_labels, custom_labels: null }),
    );
    const { vectors } = await readBertopic(saved);
    writeFileSync(
      path.join(folder, 'topic_embeddings.safetensors'),
      encodeSafetensors({
        topic_embeddings: { shape: [4, 4], data: Float64Array.from(vectors!.data) },
      }),
    );
    const model = await readBertopic(folder);
    expect(model.vectors).toEqual(vectors);
    expect([...model.names]).toEqual([[1, 'Space']]);
  });
  it('is refused in one sentence when it is none', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'bertopic-'));
    await expect(readBertopic(folder)).rejects.toThrow('topics.json is missing');
    writeFileSync(path.join(folder, 'topics.json'), '{"topics": 3}');
    await expect(readBertopic(folder)).rejects.toThrow(InputError);
    for (const name of ['topics.json', 'config.json'])
      writeFileSync(path.join(folder, name), readFileSync(path.join(saved, name)));
    writeFileSync(
      path.join(folder, 'topic_embeddings.safetensors'),
      readFileSync(path.join(saved, 'topic_embeddings.safetensors')).subarray(0, 130),
    );
    await expect(readBertopic(folder)).rejects.toThrow('cut short');
  });
});

describe('a model written for BERTopic', () => {
  it('is numbered by size and read back the same', async () => {
    const folder = process.env.MOETOPIC_BERTOPIC_EXPORT ?? mkdtempSync(path.join(tmpdir(), 'bertopic-'));
    mkdirSync(folder, { recursive: true });
    // Ids after edits: not consecutive.
    const edited = labels.map((l, d) => (l === 1 ? 9 : l === 2 && d % 6 === 0 ? 9 : l));
    const terms = await vectorise(texts, params, quietContext());
    const ours = topicTerms(terms, edited, params);
    const keywords = topicKeywords(terms, edited, params);
    const ids = await writeBertopic(folder, {
      labels: edited,
      keywords,
      names: new Map([[9, 'Space & more']]),
      topicTerms: ours,
      embedding,
      bm25: false,
      reduceFrequentWords: false,
      ngrams: '1-1',
      stopWords: stopWordList('en'),
      topWords: 10,
      minTopicSize: 5,
    });
    expect([...ids]).toEqual([
      [9, 0],
      [0, 1],
      [2, 2],
      [-1, -1],
    ]);
    const back = await readBertopic(folder);
    expect([...back.labels]).toEqual(Array.from(edited, (l) => ids.get(l)));
    expect(back.names.get(0)).toBe('Space & more');
    for (const { topic, keywords: list } of keywords)
      expect(back.keywords.find((k) => k.topic === ids.get(topic))?.keywords).toEqual(list);
    expect([...back.terms!.vocabulary]).toEqual([...terms.vocabulary]);
    expect(back.terms!.weights.values.reduce((a, b) => a + b, 0)).toBeCloseTo(
      ours.weights.values.reduce((a, b) => a + b, 0),
      9,
    );
    // What BERTopic itself has to find in it: see check-bertopic-export.py.
    const distribution = await approximateDistribution(ours, texts, quietContext());
    const order = [...distribution.topics].map((t) => ids.get(t)!);
    writeFileSync(
      path.join(folder, 'expected.json'),
      JSON.stringify({
        labels: [...back.labels],
        keywords: Object.fromEntries(back.keywords.map((k) => [k.topic, k.keywords.map((w) => w.keyword)])),
        texts,
        embeddings,
        distribution: texts.map((_, d) =>
          [0, 1, 2].map((t) => distribution.matrix.data[d * 3 + order.indexOf(t)]),
        ),
      }),
    );
  });
});
