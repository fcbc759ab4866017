import { type ModelCard } from '../stages.ts';

export type Pooling = ModelCard['pooling'];

/**
 * Writes one text's weights over its tokens; they add up to 1 and padding gets 0.
 * `weighted-mean` grows with the position (SGPT, arXiv 2202.08904, section 3.1): later tokens of a decoder have seen more.
 */
export function poolingWeights(pooling: Pooling, length: number, into: Float32Array): void {
  into.fill(0);
  if (pooling === 'last') into[length - 1] = 1;
  else if (pooling === 'cls') into[0] = 1;
  else if (pooling === 'mean') into.fill(1 / length, 0, length);
  else {
    const total = (length * (length + 1)) / 2;
    for (let t = 0; t < length; t++) into[t] = (t + 1) / total;
  }
}
