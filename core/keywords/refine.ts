import { InputError, throwIfCancelled } from '../base/errors.ts';
import { row, unitRows, type Matrix } from '../base/matrix.ts';
import type { StageContext } from '../base/progress.ts';
import type { DocumentTerms, Keyword, KeywordInput } from '../stages.ts';
import { candidateTerms } from './candidates.ts';
import { mmr } from './mmr.ts';
import type { KeywordParams } from './params.ts';
import { representativeDocuments } from './representatives.ts';
import { dot, meanRow } from './similar.ts';
import type { Candidate } from './top.ts';
import type { WeighedClasses } from './weigh.ts';

type Embed = (words: readonly string[]) => Promise<Matrix>;

/**
 * Keywords of each topic by MMR: of the thirty strongest by c-TF-IDF those that MMR chooses, in the order and with the
 * weights of c-TF-IDF. The topic's vector is that of the thirty words in one text. BERTopic 0.17.4, MaximalMarginalRelevance.
 * @throws InputError without a model for words.
 */
export async function mmrKeywords(
  terms: DocumentTerms,
  weighed: WeighedClasses,
  params: KeywordParams,
  embed: Embed | null,
  context: StageContext,
): Promise<Keyword[][]> {
  const candidates = candidateTerms(terms, weighed, params, Math.max(30, params.topWords));
  const words = await embedVocabulary(candidates, terms, needModel(embed, 'mmr'));
  const topics = unitRows(
    await needModel(
      embed,
      'mmr',
    )(candidates.map((list) => list.map((c) => terms.termAt(c.term)).join(' ') || '-')),
  );
  throwIfCancelled(context.signal);
  return candidates.map((list, r) => {
    const chosen = new Set(mmr(row(topics, r), words.rowsOf(list), params.topWords, params.diversity));
    return list
      .filter((_, position) => chosen.has(position))
      .map(({ term, weight }) => ({ keyword: terms.termAt(term), weight }));
  });
}

/**
 * Keywords by likeness to the topic in the embedding: the hundred strongest terms by c-TF-IDF, ordered by the cosine of
 * their vector and the mean vector of the topic's five most representative documents; the weight is that cosine.
 * BERTopic 0.17.4, KeyBERTInspired, but without its random sample (all of a topic's documents are looked at) and with the
 * representatives' own vectors: given embeddings, BERTopic takes those of the corpus' first documents in their place.
 * @throws InputError without a model for words or without the documents' embedding.
 */
export async function embeddingKeywords(
  terms: DocumentTerms,
  weighed: WeighedClasses,
  labels: Int32Array,
  params: KeywordParams,
  input: Pick<KeywordInput, 'embedWords' | 'embedding'>,
  context: StageContext,
): Promise<Keyword[][]> {
  const { embedding } = input;
  if (!embedding)
    throw new InputError(
      'Keywords by embedding need the documents’ embedding; run the embedding first, or choose ctfidf.',
    );
  const documents = representativeDocuments(terms, labels, weighed.weights, weighed.idf, 5);
  const candidates = candidateTerms(terms, weighed, params, Math.max(100, params.topWords));
  const words = await embedVocabulary(candidates, terms, needModel(input.embedWords, 'embedding'));
  throwIfCancelled(context.signal);
  if (words.columns !== embedding.columns)
    throw new InputError(
      `Keywords by embedding: words have ${words.columns} dimensions and documents ${embedding.columns}; embed both with the same model and settings.`,
    );
  return candidates.map((list, r) => {
    const mean = meanRow(embedding, documents[r]);
    const topic = unitRows({ data: mean, rows: 1, columns: mean.length }).data;
    const vectors = words.rowsOf(list);
    return list
      .map((c, position) => ({
        keyword: terms.termAt(c.term),
        weight: dot(row(vectors, position), topic),
      }))
      .sort((a, b) => b.weight - a.weight || (a.keyword < b.keyword ? -1 : 1))
      .slice(0, params.topWords);
  });
}

function needModel(embed: Embed | null, method: string): Embed {
  if (!embed)
    throw new InputError(
      `Keywords by ${method} need the run's model to embed words, and there is none here; choose ctfidf.`,
    );
  return embed;
}

/** Vectors of all candidates' words, each word embedded once. */
async function embedVocabulary(
  candidates: readonly Candidate[][],
  terms: DocumentTerms,
  embed: Embed,
): Promise<{ columns: number; rowsOf: (list: readonly Candidate[]) => Matrix }> {
  const all = [...new Set(candidates.flatMap((list) => list.map((c) => c.term)))];
  const position = new Map(all.map((term, p) => [term, p]));
  const vectors = unitRows(await embed(all.map(terms.termAt)));
  return {
    columns: vectors.columns,
    rowsOf: (list) => {
      const data = new Float32Array(list.length * vectors.columns);
      list.forEach((c, p) => data.set(row(vectors, position.get(c.term)!), p * vectors.columns));
      return { data, rows: list.length, columns: vectors.columns };
    },
  };
}
