import { row, type Matrix } from '../base/matrix.ts';
import { dot, topicVectors } from './similarity.ts';
import { rowsOf } from './state.ts';

/** A document and its cosine to the topic. */
export interface DocumentMatch {
  readonly document: number;
  readonly similarity: number;
}

/**
 * The documents closest to a topic's mean vector, best first, and the topic's documents farthest from it: what the topic is
 * and what it also holds. Ties by document.
 * @param embedding [n × dimensions]. @param sameAs an earlier document with the same text, or −1; a text stands once.
 */
export function representativesByVectors(
  embedding: Matrix,
  labels: Int32Array,
  topic: number,
  limit: number,
  sameAs: Int32Array | null = null,
): { readonly closest: DocumentMatch[]; readonly farthest: DocumentMatch[] } {
  const { topics, vectors } = topicVectors(embedding, labels);
  const r = topics.indexOf(topic);
  if (r < 0) return { closest: [], farthest: [] };
  const center = row(vectors, r);
  const matches: DocumentMatch[] = [];
  for (const document of rowsOf(labels, topic)) {
    if (sameAs && sameAs[document] >= 0 && labels[sameAs[document]] === topic) continue;
    const vector = row(embedding, document);
    const length = Math.sqrt(dot(vector, vector));
    matches.push({ document, similarity: length > 0 ? dot(vector, center) / length : 0 });
  }
  matches.sort((a, b) => b.similarity - a.similarity || a.document - b.document);
  return { closest: matches.slice(0, limit), farthest: matches.slice(-limit).reverse() };
}

/**
 * Documents of other topics (or none) that lie closest to a topic: what it nearly holds, for contrast.
 */
export function contrastingDocuments(
  embedding: Matrix,
  labels: Int32Array,
  topic: number,
  limit: number,
): DocumentMatch[] {
  const { topics, vectors } = topicVectors(embedding, labels);
  const r = topics.indexOf(topic);
  if (r < 0) return [];
  const center = row(vectors, r);
  const best: DocumentMatch[] = [];
  labels.forEach((label, document) => {
    if (label === topic) return;
    const vector = row(embedding, document);
    const length = Math.sqrt(dot(vector, vector));
    if (length === 0) return;
    const similarity = dot(vector, center) / length;
    if (best.length === limit && similarity <= best[limit - 1].similarity) return;
    let at = best.length;
    while (at > 0 && best[at - 1].similarity < similarity) at--;
    best.splice(at, 0, { document, similarity });
    if (best.length > limit) best.pop();
  });
  return best;
}
