import type { KeywordParams } from './params.ts';

/** Counts by document: those of document d are entries offsets[d] … offsets[d + 1) of the terms' ids and of how often each stands there. */
export interface CountedRows {
  readonly offsets: Int32Array;
  readonly indices: Int32Array;
  readonly counts: Int32Array;
}

/** Counts whose terms are columns. */
export interface Columns {
  readonly rows: CountedRows;
  /** By column: its id. */
  readonly kept: Int32Array;
  /** By id: its column, −1 for one that is left out. */
  readonly columnOf: Int32Array;
}

/**
 * Leaves out ids that stand nowhere, in fewer documents than min_df, or in more than max_df. The columns of terms that stand
 * more than once come before those of the others, both by rising id: what is looked up again and again lies close together,
 * where most of millions of phrases stand once.
 * @param ids ids are below it.
 */
export function chooseColumns(rows: CountedRows, ids: number, params: KeywordParams): Columns {
  const documents = rows.offsets.length - 1;
  const frequency = new Int32Array(ids);
  const again = new Uint8Array(ids);
  for (let e = 0; e < rows.indices.length; e++) {
    const id = rows.indices[e];
    if (++frequency[id] > 1 || rows.counts[e] > 1) again[id] = 1;
  }
  const least = params.minDf < 1 ? params.minDf * documents : params.minDf;
  const most = params.maxDf <= 1 ? params.maxDf * documents : params.maxDf;
  const columnOf = new Int32Array(ids).fill(-1);
  const kept = new Int32Array(ids);
  let columns = 0;
  for (const repeated of [1, 0])
    for (let id = 0; id < ids; id++) {
      if (again[id] !== repeated) continue;
      if (frequency[id] === 0 || frequency[id] < least || frequency[id] > most) continue;
      columnOf[id] = columns;
      kept[columns++] = id;
    }
  return { rows: moved(rows, columnOf), kept: kept.slice(0, columns), columnOf };
}

function moved(rows: CountedRows, columnOf: Int32Array): CountedRows {
  const indices = new Int32Array(rows.indices.length);
  const counts = new Int32Array(rows.indices.length);
  const offsets = new Int32Array(rows.offsets.length);
  let used = 0;
  for (let d = 0; d + 1 < offsets.length; d++) {
    for (let e = rows.offsets[d]; e < rows.offsets[d + 1]; e++) {
      const column = columnOf[rows.indices[e]];
      if (column < 0) continue;
      indices[used] = column;
      counts[used++] = rows.counts[e];
    }
    offsets[d + 1] = used;
  }
  return { offsets, indices: indices.slice(0, used), counts: counts.slice(0, used) };
}
