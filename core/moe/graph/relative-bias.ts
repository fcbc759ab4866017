import type { Weight } from '../checkpoint/weight.ts';
import type { Frame } from './frame.ts';

/**
 * T5's bias by relative position (arXiv 1910.10683, section 2.1; T5Attention._relative_position_bucket), bidirectional:
 * table [buckets, heads] → float32 [1, heads, tokens, tokens]. Distances from `most` on share the last bucket, so the bucket of
 * each distance is a short table.
 */
export function relativeBias(frame: Frame, table: Weight, most: number): string {
  const { m } = frame;
  const g = m.graph;
  const buckets = BigInt64Array.from({ length: 2 * most + 1 }, (_, i) =>
    BigInt(bucketOf(i - most, table.rows, most)),
  );
  const at = frame.positions;
  const distance = g.op('Sub', [
    g.op('Unsqueeze', [at, g.int64([0])]),
    g.op('Unsqueeze', [at, g.int64([1])]),
  ]);
  const clipped = g.op('Clip', [distance, g.float32(-most), g.float32(most)]);
  const index = g.op('Cast', [g.op('Add', [clipped, g.float32(most)])], { to: 7 });
  const byDistance = g.op('Gather', [m.float(table), g.constant('int64', [buckets.length], buckets)], {
    axis: 0,
  });
  const values = g.op('Gather', [byDistance, index], { axis: 0 });
  return g.op('Unsqueeze', [g.op('Transpose', [values], { perm: [2, 0, 1] }), g.int64([0])]);
}

/** `distance` is the key's position minus the query's. Rounded as float32, as the reference computes it. */
function bucketOf(distance: number, buckets: number, most: number): number {
  const half = buckets >> 1;
  const far = Math.abs(distance);
  const exact = half >> 1;
  let bucket = far;
  if (far >= exact) {
    const f = Math.fround;
    const scale = f(f(Math.log(f(far / exact))) / f(Math.log(most / exact)));
    bucket = Math.min(half - 1, exact + Math.floor(f(scale * (half - exact))));
  }
  return bucket + (distance > 0 ? half : 0);
}
