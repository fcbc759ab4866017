import { type ModelCard } from '../stages.ts';

/**
 * Tokens of a run that keep a device busy; more only takes memory. Small models: 256 to 2,048 are equally fast on a CPU with AVX2 (2,040 to 2,140 tokens
 * a second of the bundled model, one thread) and give the same bits, and a run that has begun is what cancelling waits for.
 * int8 products of experts of more than some 1,000 rows outgrow the cache and take a quarter longer
 * (measured, two layers of OLMoE's size: 2,048 and 4,096 tokens equally fast where texts differ, 4,300 and 3,700 tokens a second where they
 * repeat themselves and many tokens choose the same experts).
 */
const enough = { small: 1024, int8: 2048, large: 4096, gpu: 16_384 };

/** A model this small keeps a core's caches warm with small batches. */
const smallParameters = 200e6;

function fast(card: ModelCard, device: string): number {
  if (device !== 'cpu') return enough.gpu;
  if (card.parameters.total < smallParameters) return enough.small;
  return card.precision === 'int8' ? enough.int8 : enough.large;
}

/**
 * Most tokens a run may have, padding included: what is fast, or what a quarter of the memory that is free (for this process: a container may have a
 * limit of its own) holds, at about 64 floats of
 * activations for each hidden unit of a token. A failed allocation halves the batches later.
 */
export function tokenBudget(card: ModelCard, device: string, free = process.availableMemory()): number {
  const perToken = 64 * 4 * card.hiddenSize;
  return Math.max(Math.min(fast(card, device), Math.floor(free / 4 / perToken)), 64);
}
