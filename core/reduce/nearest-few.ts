/** The k nearest candidates of each query so far: [queries × k], by distance and then by index. */
export class NearestFew {
  readonly indices: Int32Array;
  readonly distances: Float32Array;

  constructor(
    queries: number,
    readonly k: number,
  ) {
    this.indices = new Int32Array(queries * k);
    this.distances = new Float32Array(queries * k);
  }

  /** Fills a query's list from its candidates, leaving out `self` (−1 for none). There must be at least k others. */
  fill(query: number, candidates: Int32Array, distances: Float32Array, self: number): void {
    const { k, indices: chosen, distances: kept } = this;
    const at = query * k;
    let size = 0;
    for (let i = 0; i < candidates.length; i++) {
      const [candidate, d] = [candidates[i], distances[i]];
      if (candidate === self) continue;
      if (size === k && !before(d, candidate, kept[at + k - 1], chosen[at + k - 1])) continue;
      let place = Math.min(size, k - 1);
      for (; place > 0 && before(d, candidate, kept[at + place - 1], chosen[at + place - 1]); place--) {
        kept[at + place] = kept[at + place - 1];
        chosen[at + place] = chosen[at + place - 1];
      }
      kept[at + place] = d;
      chosen[at + place] = candidate;
      if (size < k) size++;
    }
  }
}

function before(d: number, index: number, otherD: number, otherIndex: number): boolean {
  return d < otherD || (d === otherD && index < otherIndex);
}
