import type { CountedRows } from './columns.ts';
import { larger } from './interner.ts';

/** Counts ids row after row into compressed rows; ids of a row stand in the order of their first occurrence. */
export class RowCounter {
  indices = new Int32Array(1 << 16);
  counts = new Int32Array(1 << 16);
  used = 0;
  private rowStart = 0;
  private place = new Int32Array(1 << 14).fill(-1);

  add(id: number): void {
    if (id >= this.place.length) {
      const size = this.place.length;
      this.place = larger(this.place, Math.max(size * 2, id + 1)).fill(-1, size);
    }
    const at = this.place[id];
    if (at >= this.rowStart) {
      this.counts[at]++;
      return;
    }
    if (this.used === this.indices.length) {
      this.indices = larger(this.indices, this.used * 2);
      this.counts = larger(this.counts, this.used * 2);
    }
    this.place[id] = this.used;
    this.indices[this.used] = id;
    this.counts[this.used++] = 1;
  }

  /** Closes the row; returns where the next one begins. */
  endRow(): number {
    return (this.rowStart = this.used);
  }

  finish(offsets: Int32Array): CountedRows {
    const { used } = this;
    return { offsets, indices: this.indices.slice(0, used), counts: this.counts.slice(0, used) };
  }
}
