import type { Matrix } from '../base/matrix.ts';

/**
 * One run of Lloyd's algorithm with Hamerly's bounds (2010): a row whose own centre is surely the nearest is not
 * compared with the others, which gives the same labels as comparing them all.
 */
export class Lloyd {
  readonly labels: Int32Array;
  readonly probabilities: Float64Array;
  inertia = Infinity;
  /** Rows to assign between two looks at the cancel signal. */
  readonly slice: number;
  private readonly k: number;
  /** Upper bound of the distance to the own centre, lower bound of that to any other. */
  private readonly upper: Float64Array;
  private readonly lower: Float64Array;
  private readonly halfGap: Float64Array;

  constructor(
    private readonly input: Matrix,
    private readonly centres: Float64Array,
  ) {
    const { rows, columns } = input;
    this.k = centres.length / columns;
    this.labels = new Int32Array(rows).fill(-1);
    this.probabilities = new Float64Array(rows);
    this.upper = new Float64Array(rows).fill(Infinity);
    this.lower = new Float64Array(rows);
    this.halfGap = new Float64Array(this.k);
    this.slice = Math.max(1, Math.floor(2e7 / centres.length));
  }

  /** Gives rows `from` to `to` their nearest centre; returns how many changed it. */
  assign(from: number, to: number): number {
    const { labels, upper, lower, halfGap } = this;
    if (from === 0) this.measureGaps();
    let moved = 0;
    for (let i = from; i < to; i++) {
      const own = labels[i];
      if (own >= 0) {
        const enough = Math.max(lower[i], halfGap[own]);
        if (upper[i] <= enough) continue;
        upper[i] = Math.sqrt(this.squared(i, own));
        if (upper[i] <= enough) continue;
      }
      const [nearest, first, second] = this.twoNearest(i);
      upper[i] = Math.sqrt(first);
      lower[i] = Math.sqrt(second);
      if (nearest !== own) {
        labels[i] = nearest;
        moved++;
      }
    }
    return moved;
  }

  /** Moves each centre to the mean of its rows; one without rows stays. */
  moveCentres(): void {
    const { input, labels, centres, k, upper, lower } = this;
    const { data, rows, columns } = input;
    const sums = new Float64Array(centres.length);
    const counts = new Int32Array(k);
    for (let i = 0; i < rows; i++) {
      const at = labels[i] * columns;
      counts[labels[i]]++;
      for (let j = 0; j < columns; j++) sums[at + j] += data[i * columns + j];
    }
    const shift = new Float64Array(k);
    let farthest = 0;
    for (let c = 0; c < k; c++) {
      if (counts[c] === 0) continue;
      let d = 0;
      for (let j = c * columns; j < (c + 1) * columns; j++) {
        const mean = sums[j] / counts[c];
        d += (mean - centres[j]) ** 2;
        centres[j] = mean;
      }
      shift[c] = Math.sqrt(d);
      if (shift[c] > farthest) farthest = shift[c];
    }
    for (let i = 0; i < rows; i++) {
      upper[i] += shift[labels[i]];
      lower[i] -= farthest;
    }
  }

  /** Exact distances of rows `from` to `to` at the end: memberships, and the inertia added up. */
  measure(from: number, to: number): void {
    let sum = from === 0 ? 0 : this.inertia;
    for (let i = from; i < to; i++) {
      const [nearest, first, second] = this.twoNearest(i);
      this.labels[i] = nearest;
      sum += first;
      const [a, b] = [Math.sqrt(first), Math.sqrt(second)];
      this.probabilities[i] = b === Infinity || a + b === 0 ? 1 : b / (a + b);
    }
    this.inertia = sum;
  }

  private measureGaps(): void {
    const { centres, k, halfGap } = this;
    const columns = this.input.columns;
    halfGap.fill(Infinity);
    for (let a = 0; a < k; a++)
      for (let b = a + 1; b < k; b++) {
        let d = 0;
        for (let j = 0; j < columns; j++) d += (centres[a * columns + j] - centres[b * columns + j]) ** 2;
        const half = Math.sqrt(d) / 2;
        if (half < halfGap[a]) halfGap[a] = half;
        if (half < halfGap[b]) halfGap[b] = half;
      }
  }

  private squared(i: number, c: number): number {
    const { centres } = this;
    const { data, columns } = this.input;
    let d = 0;
    for (let j = 0; j < columns; j++) {
      const v = data[i * columns + j] - centres[c * columns + j];
      d += v * v;
    }
    return d;
  }

  /** The nearest centre (the first of equals), its squared distance and that of the next. */
  private twoNearest(i: number): [number, number, number] {
    let nearest = 0;
    let first = Infinity;
    let second = Infinity;
    for (let c = 0; c < this.k; c++) {
      const d = this.squared(i, c);
      if (d < first) {
        second = first;
        first = d;
        nearest = c;
      } else if (d < second) second = d;
    }
    return [nearest, first, second];
  }
}
