import { zeros, type Matrix } from '../../core/base/matrix.ts';
import { quietContext } from '../../core/base/progress.ts';
import { Random } from '../../core/base/random.ts';
import { editTerms, keywordParams, topicTerms, vectorise } from '../../core/keywords/index.ts';
import { pickRows } from '../../core/run/spread.ts';
import { initialState, type TopicState, type TopicTools } from '../../core/topics/index.ts';

const themes = [
  'goalie puck hockey ice skate league playoff season coach',
  'orbit launch rocket planet moon lander probe satellite mission',
  'dough flour bake oven bread butter sugar recipe kitchen',
  'engine clutch gear brake tyre motor diesel road driver',
].map((words) => words.split(' '));

/** A small corpus of made-up sentences on four themes, with vectors, memberships and a clusterer: all an operation may need. */
export async function world(
  documents = 48,
  seed = 1,
): Promise<{ state: TopicState; tools: TopicTools; texts: string[] }> {
  const random = new Random(seed);
  const texts: string[] = [];
  const labels = new Int32Array(documents);
  const embedding = zeros(documents, 6);
  const membership = zeros(documents, themes.length);
  for (let d = 0; d < documents; d++) {
    const theme = random.integer(themes.length);
    const outlier = random.next() < 0.2;
    labels[d] = outlier ? -1 : theme;
    const words = Array.from({ length: 12 }, () =>
      random.next() < (outlier ? 0.4 : 0.7)
        ? themes[theme][random.integer(9)]
        : themes[random.integer(themes.length)][random.integer(9)],
    );
    texts.push(words.join(' '));
    for (let c = 0; c < 6; c++) embedding.data[d * 6 + c] = random.normal() * 0.3 + (c === theme ? 1 : 0);
    for (let t = 0; t < themes.length; t++)
      membership.data[d * themes.length + t] = t === theme ? 0.4 + 0.3 * random.next() : 0.1 * random.next();
  }
  return { state: initialState(labels), tools: await toolsFor(texts, embedding, membership), texts };
}

async function toolsFor(texts: string[], embedding: Matrix, membership: Matrix): Promise<TopicTools> {
  const context = quietContext();
  const params = keywordParams.parse({ language: 'en', stopWords: 'none' });
  const terms = await vectorise(texts, params, context);
  return {
    texts,
    context,
    topicTerms: async (state) => {
      const edited =
        editTerms(terms, state.vocabulary) ?? (await vectorise(texts, params, context, state.vocabulary));
      return topicTerms(edited, state.labels, params);
    },
    embedding: async () => embedding,
    membership: async (rows) => ({
      topics: Int32Array.from({ length: membership.columns }, (_, t) => t),
      matrix: pickRows(membership, rows),
    }),
    // A theme a topic, or from a size of ten on two themes in one; every ninth document is left out.
    recluster: async (minTopicSize) =>
      Int32Array.from(texts, (_, d) => {
        if (d % 9 === 8) return -1;
        const own = embedding.data.subarray(d * 6, d * 6 + themes.length);
        const theme = own.indexOf(Math.max(...own));
        return minTopicSize < 10 ? theme : theme >> 1;
      }),
    // Splits by the side of the topic's middle on the last axis; every seventh document is left out.
    cluster: async (rows) => rows.map((d, r) => (r % 7 === 6 ? -1 : embedding.data[d * 6 + 5] > 0 ? 1 : 0)),
  };
}
