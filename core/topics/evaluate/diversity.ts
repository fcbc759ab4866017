/**
 * Share of different words among the topics' first `limit` words (Dieng, Ruiz & Blei 2020): 1 when no word stands for two
 * topics. NaN without words.
 */
export function topicDiversity(topics: readonly (readonly string[])[], limit = 10): number {
  const all = topics.flatMap((words) => words.slice(0, limit));
  return new Set(all).size / all.length;
}

/**
 * One minus the mean rank-biased overlap of each two topics' words (Webber, Moffat & Zobel 2010, extrapolated for lists of
 * equal length; Bianchi et al. 2021 with weight 0.9): unlike diversity, shared words at the top count more. 1 for one
 * topic, NaN without any.
 */
export function invertedRbo(topics: readonly (readonly string[])[], limit = 10, weight = 0.9): number {
  let sum = 0;
  let pairs = 0;
  for (let a = 0; a < topics.length; a++)
    for (let b = a + 1; b < topics.length; b++) {
      sum += rankBiasedOverlap(topics[a].slice(0, limit), topics[b].slice(0, limit), weight);
      pairs++;
    }
  if (topics.length === 0) return NaN;
  return pairs === 0 ? 1 : 1 - sum / pairs;
}

/**
 * Extrapolated rank-biased overlap of two rankings without repeats, of any lengths (Webber, Moffat & Zobel 2010, equation 32).
 * 1 for equal rankings, 0 for disjoint ones.
 */
export function rankBiasedOverlap(a: readonly string[], b: readonly string[], p: number): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const [s, l] = [short.length, long.length];
  if (s === 0) return l === 0 ? 1 : 0;
  const [inShort, inLong] = [new Set<string>(), new Set<string>()];
  const overlap = new Float64Array(l + 1);
  for (let d = 1; d <= l; d++) {
    let common = overlap[d - 1];
    if (d <= s) {
      inShort.add(short[d - 1]);
      if (inLong.has(short[d - 1])) common++;
    }
    inLong.add(long[d - 1]);
    if (inShort.has(long[d - 1])) common++;
    overlap[d] = common;
  }
  let sum = 0;
  for (let d = 1; d <= l; d++) sum += (overlap[d] / d) * p ** d;
  for (let d = s + 1; d <= l; d++) sum += ((overlap[s] * (d - s)) / (s * d)) * p ** d;
  return ((1 - p) / p) * sum + ((overlap[l] - overlap[s]) / l + overlap[s] / s) * p ** l;
}
