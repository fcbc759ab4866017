import { ResourceError } from '../base/errors.ts';
import { Random } from '../base/random.ts';
import type { CorpusColumn, SkippedRow } from '../stages.ts';

/** A corpus' file as columns, before anyone knows which of them is the text. */
export interface Table {
  readonly columns: CorpusColumn[];
  /** Each document's row in the file, counted from 1 after the header. */
  readonly rows: number[];
  readonly skipped: SkippedRow[];
  /** What the reader found out, for the preview: format, encoding, separator. */
  readonly notes: Readonly<Record<string, string>>;
}

/**
 * Collects rows into columns. With a sample, only the rows whose random priorities are smallest are kept, so that
 * a few thousand rows can be drawn from a file that would not fit into memory; their order stays the file's.
 */
export class TableBuilder {
  readonly names: string[];
  readonly skipped: SkippedRow[] = [];
  private values: (string | null)[][];
  private rows: number[] = [];
  private priorities: number[] = [];
  private seen = 0;
  private characters = 0;
  private readonly random: Random;

  constructor(
    private readonly source: string,
    names: readonly string[],
    private readonly sample: number,
    seed: number,
    private readonly totalCharacters: number,
  ) {
    this.names = [...names];
    this.values = names.map(() => []);
    this.random = new Random(seed).fork('sample');
  }

  /** Rows read so far, kept or not. */
  get count(): number {
    return this.seen;
  }

  /** The position of a column, which is made (empty so far) when it is new. */
  column(name: string): number {
    const known = this.names.indexOf(name);
    if (known >= 0) return known;
    this.names.push(name);
    this.values.push(new Array<null>(this.rows.length).fill(null));
    return this.names.length - 1;
  }

  /** Adds a row; cells that are missing at its end have no value. */
  add(row: number, cells: readonly (string | null)[]): void {
    for (let c = 0; c < this.values.length; c++) {
      const cell = cells[c] ?? null;
      this.values[c].push(cell);
      if (cell !== null) this.characters += cell.length;
    }
    this.rows.push(row);
    if (this.sample > 0) {
      this.priorities.push(this.random.at(this.seen));
      if (this.rows.length >= 4 * this.sample + 1000) this.draw();
    }
    this.seen++;
    if (this.characters > this.totalCharacters)
      throw new ResourceError(
        `${this.source} holds more text than fits into memory (row ${row} passes ${Math.round(this.totalCharacters / 1e6)} million characters); read a part of it with --sample.`,
      );
  }

  skip(row: number, reason: string): void {
    this.skipped.push({ row, reason });
  }

  finish(notes: Record<string, string>): Table {
    if (this.sample > 0) this.draw();
    return {
      columns: this.names.map((name, c) => ({ name, values: this.values[c] })),
      rows: this.rows,
      skipped: this.skipped,
      notes,
    };
  }

  /** Keeps the rows with the smallest priorities (equal ones: the earlier row). */
  private draw(): void {
    if (this.rows.length <= this.sample) return;
    const order = Array.from(this.rows.keys()).sort(
      (a, b) => this.priorities[a] - this.priorities[b] || a - b,
    );
    const kept = order.slice(0, this.sample).sort((a, b) => a - b);
    this.rows = kept.map((i) => this.rows[i]);
    this.priorities = kept.map((i) => this.priorities[i]);
    this.values = this.values.map((column) => kept.map((i) => column[i]));
    this.characters = 0;
    for (const column of this.values) for (const cell of column) this.characters += cell?.length ?? 0;
  }
}
