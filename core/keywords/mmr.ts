import { row, type Matrix } from '../base/matrix.ts';
import { dot } from './similar.ts';

/**
 * Maximal marginal relevance (Carbonell & Goldstein 1998; as BERTopic 0.17.4's `mmr`): the candidate closest to the topic,
 * then again and again the one with the highest (1 − diversity) · likeness to the topic − diversity · likeness to the
 * closest one already chosen. Ties go to the earlier candidate.
 * @param topic vector of the topic, length 1.
 * @param words [candidates × dimensions], rows of length 1.
 * @returns positions of the chosen candidates, in the order of choosing.
 */
export function mmr(topic: Float32Array, words: Matrix, limit: number, diversity: number): number[] {
  const toTopic = Array.from({ length: words.rows }, (_, w) => dot(row(words, w), topic));
  const toChosen = new Float64Array(words.rows).fill(-Infinity);
  const chosen: number[] = [];
  const left = new Set(toTopic.keys());
  while (chosen.length < limit && left.size > 0) {
    let best = -1;
    let bestScore = -Infinity;
    for (const w of left) {
      const score = chosen.length === 0 ? toTopic[w] : (1 - diversity) * toTopic[w] - diversity * toChosen[w];
      if (score > bestScore || best < 0) {
        best = w;
        bestScore = score;
      }
    }
    chosen.push(best);
    left.delete(best);
    for (const w of left) toChosen[w] = Math.max(toChosen[w], dot(row(words, w), row(words, best)));
  }
  return chosen;
}
