/** Sequences that run together, longest first, padded to the first one's length. */
export interface Batch {
  /** Indices into the sequences' lengths. */
  readonly items: readonly number[];
  /** Tokens of the longest. */
  readonly width: number;
}

/** Most of a batch that may be padding. */
const mostPadding = 0.08;

/**
 * Cuts sequences, sorted by length, into batches of at most `budget` tokens, padding included. Long ones come first: if memory runs out, it does so at once.
 * Ties are broken by index, so the batches depend on the lengths alone.
 */
export function makeBatches(lengths: ArrayLike<number>, budget: number): Batch[] {
  const order = Array.from(lengths, (_, i) => i).sort((a, b) => lengths[b] - lengths[a] || a - b);
  const batches: Batch[] = [];
  let items: number[] = [];
  let real = 0;
  for (const i of order) {
    const width = items.length === 0 ? lengths[i] : lengths[items[0]];
    const padded = (items.length + 1) * width;
    const tooLarge = padded > budget;
    const tooUneven = 1 - (real + lengths[i]) / padded > mostPadding;
    if (items.length > 0 && (tooLarge || tooUneven)) {
      batches.push({ items, width: lengths[items[0]] });
      items = [];
      real = 0;
    }
    items.push(i);
    real += lengths[i];
  }
  if (items.length > 0) batches.push({ items, width: lengths[items[0]] });
  return batches;
}

/** Share of padding in batches, 0 to 1. */
export function paddingShare(batches: readonly Batch[], lengths: ArrayLike<number>): number {
  let padded = 0;
  let real = 0;
  for (const b of batches) {
    padded += b.items.length * b.width;
    for (const i of b.items) real += lengths[i];
  }
  return padded === 0 ? 0 : 1 - real / padded;
}
