import type { Curve } from './curve.ts';

/** Tables are indexed by a positive float32's top bits: eight of the exponent and seven of the fraction. */
export const tableSize = 1 << 15;
const dropped = 16;

/**
 * The two gradient coefficients as functions of the squared distance in the layout, sampled in the middle of each bin (relative error
 * under 1 %, which costs no trustworthiness; the part in use then fits the fastest cache): a layout evaluates them hundreds of millions of times, and `Math.pow` would be nearly all of its time.
 * Attraction: −2ab·d²^(b−1) / (1 + a·d²^b). Repulsion: 2b / ((0.001 + d²)(1 + a·d²^b)). Both 0 at distance 0.
 */
export function coefficientTables({ a, b }: Curve): { attraction: Float32Array; repulsion: Float32Array } {
  const attraction = new Float32Array(tableSize);
  const repulsion = new Float32Array(tableSize);
  const value = new Float32Array(1);
  const bits = new Uint32Array(value.buffer);
  // Bin 0 holds 0 and the smallest denormals.
  for (let key = 1; key < tableSize; key++) {
    bits[0] = (key << dropped) | (1 << (dropped - 1));
    const squared = value[0];
    if (!Number.isFinite(squared)) continue;
    const power = squared ** b;
    attraction[key] = (-2 * a * b * power) / squared / (a * power + 1);
    repulsion[key] = (2 * b) / ((0.001 + squared) * (a * power + 1));
  }
  return { attraction, repulsion };
}
