import type { Best } from './scoring.ts';

/** The best-scored candidates of each query as blocks of scores come in: [queries × width], best first, −1 where none is known. */
export class BestSoFar {
  readonly indices: Int32Array;
  readonly scores: Float32Array;

  constructor(
    queries: number,
    readonly width: number,
  ) {
    this.indices = new Int32Array(queries * width).fill(-1);
    this.scores = new Float32Array(queries * width).fill(-Infinity);
  }

  /** Takes in one query's row of a block; `rows` names the rows that the block's indices stand for. */
  take(query: number, block: Best, at: number, count: number, rows: Int32Array): void {
    const { width, indices, scores } = this;
    const first = query * width;
    const last = first + width - 1;
    for (let i = at; i < at + count; i++) {
      const score = block.scores[i];
      // What follows is not better, and earlier blocks win ties.
      if (score <= scores[last]) return;
      let place = last;
      for (; place > first && scores[place - 1] < score; place--) {
        scores[place] = scores[place - 1];
        indices[place] = indices[place - 1];
      }
      scores[place] = score;
      indices[place] = rows[block.indices[i]];
    }
  }
}
