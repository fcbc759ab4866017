/**
 * A matrix of a checkpoint, read by ranges of rows as float32, so that nothing is ever in memory as a whole.
 * A vector is one row; a tensor of three dimensions is its matrices one below the other.
 */
export interface Weight {
  /** The tensor's name in the checkpoint and what was taken of it, for messages and as a name in the graph. */
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Rows from (included) to (excluded), row-major; a new array each time. */
  read(from: number, to: number): Promise<Float32Array>;
}

/** Rows [from, to) as a weight of their own. */
export function rowsOf(w: Weight, from: number, to: number): Weight {
  return {
    name: `${w.name}[${from}:${to}]`,
    rows: to - from,
    columns: w.columns,
    read: (a, b) => w.read(from + a, from + b),
  };
}

/** Every `step`-th row beginning at `start` (0, 2, 4 … for the gates of interleaved gate and up projections). */
export function everyRow(w: Weight, start: number, step: number): Weight {
  const { columns } = w;
  return {
    name: `${w.name}[${start}::${step}]`,
    rows: Math.ceil((w.rows - start) / step),
    columns,
    async read(from, to) {
      if (to <= from) return new Float32Array(0);
      const first = start + from * step;
      const block = await w.read(first, start + (to - 1) * step + 1);
      const out = new Float32Array((to - from) * columns);
      for (let r = 0; r < to - from; r++)
        out.set(block.subarray(r * step * columns, (r * step + 1) * columns), r * columns);
      return out;
    },
  };
}

/** Weights with equally many columns, one below the other. */
export function stacked(parts: readonly Weight[]): Weight {
  const { columns } = parts[0];
  return {
    name: parts.map((p) => p.name).join('+'),
    rows: parts.reduce((sum, p) => sum + p.rows, 0),
    columns,
    async read(from, to) {
      const out = new Float32Array((to - from) * columns);
      let start = 0;
      for (const part of parts) {
        const a = Math.max(from, start);
        const b = Math.min(to, start + part.rows);
        if (a < b) out.set(await part.read(a - start, b - start), (a - from) * columns);
        start += part.rows;
      }
      return out;
    },
  };
}

/** Rows of two weights in turn: a0, b0, a1, b1 … */
export function interleaved(a: Weight, b: Weight): Weight {
  const { columns } = a;
  return {
    name: `${a.name}|${b.name}`,
    rows: 2 * a.rows,
    columns,
    async read(from, to) {
      const first = from >> 1;
      const last = (to + 1) >> 1;
      const [x, y] = [await a.read(first, last), await b.read(first, last)];
      const out = new Float32Array((to - from) * columns);
      for (let r = from; r < to; r++) {
        const source = r & 1 ? y : x;
        const at = ((r >> 1) - first) * columns;
        out.set(source.subarray(at, at + columns), (r - from) * columns);
      }
      return out;
    },
  };
}

/** Columns [from, to). */
export function columnsOf(w: Weight, from: number, to: number): Weight {
  const width = to - from;
  return {
    name: `${w.name}[:,${from}:${to}]`,
    rows: w.rows,
    columns: width,
    async read(a, b) {
      const block = await w.read(a, b);
      const out = new Float32Array((b - a) * width);
      for (let r = 0; r < b - a; r++)
        out.set(block.subarray(r * w.columns + from, r * w.columns + to), r * width);
      return out;
    },
  };
}

/** The transpose; the source is read in pieces of at most `pieceElements` numbers. */
export function transposed(w: Weight, pieceElements = 1 << 24): Weight {
  const piece = Math.max(1, Math.floor(pieceElements / w.columns));
  return {
    name: `${w.name}.T`,
    rows: w.columns,
    columns: w.rows,
    async read(from, to) {
      const out = new Float32Array((to - from) * w.rows);
      for (let r0 = 0; r0 < w.rows; r0 += piece) {
        const r1 = Math.min(w.rows, r0 + piece);
        const block = await w.read(r0, r1);
        for (let c = from; c < to; c++)
          for (let r = r0; r < r1; r++) out[(c - from) * w.rows + r] = block[(r - r0) * w.columns + c];
      }
      return out;
    },
  };
}

/** The weight seen with other rows and columns of the same numbers (row-major). Reads are widened to whole source rows. */
export function reshaped(w: Weight, rows: number, columns: number): Weight {
  return {
    name: w.name,
    rows,
    columns,
    async read(from, to) {
      const a = Math.floor((from * columns) / w.columns);
      const b = Math.ceil((to * columns) / w.columns);
      const block = await w.read(a, b);
      const skip = from * columns - a * w.columns;
      return block.slice(skip, skip + (to - from) * columns);
    },
  };
}

/** Every number through a function (a norm's weight plus one, a constant factor). */
export function mapped(w: Weight, suffix: string, f: (x: number) => number): Weight {
  return {
    ...w,
    name: `${w.name}.${suffix}`,
    read: async (from, to) => (await w.read(from, to)).map(f),
  };
}

/** Zero rows and columns added below and to the right. */
export function padded(w: Weight, rows: number, columns: number): Weight {
  if (rows === w.rows && columns === w.columns) return w;
  return {
    name: `${w.name}.pad${rows}x${columns}`,
    rows,
    columns,
    async read(from, to) {
      const out = new Float32Array((to - from) * columns);
      const last = Math.min(to, w.rows);
      if (from >= last) return out;
      const block = await w.read(from, last);
      for (let r = 0; r < last - from; r++)
        out.set(block.subarray(r * w.columns, (r + 1) * w.columns), r * columns);
      return out;
    },
  };
}

/** A vector of the numbers at every `step`-th place, from 0, then from 1 and so on: pairs that alternate become two halves. */
export function unInterleavedVector(w: Weight, step = 2): Weight {
  return {
    ...w,
    name: `${w.name}.by${step}`,
    async read(from, to) {
      const { columns } = w;
      const x = await w.read(from, to);
      const part = columns / step;
      return x.map((_, i) => {
        const c = i % columns;
        return x[i - c + (c % part) * step + Math.floor(c / part)];
      });
    },
  };
}
