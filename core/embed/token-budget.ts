import { type ModelCard } from '../stages.ts';

/** Tokens of a run that keep a device busy; more only takes memory. */
const enough = { small: 2048, large: 4096, gpu: 16_384 };

/** A model this small keeps a core's caches warm with small batches. */
const smallParameters = 200e6;

/**
 * Small batches, too, for what int8 products of experts write: of more than some 1,000 rows it outgrows the cache and they take a quarter longer
 * (measured, two layers of OLMoE's size: 2,048 and 4,096 tokens equally fast where texts differ, 4,300 and 3,700 tokens a second where they
 * repeat themselves and many tokens choose the same experts).
 */
function smallBatches(card: ModelCard): boolean {
  return card.parameters.total < smallParameters || card.precision === 'int8';
}

/**
 * Most tokens a run may have, padding included: what is fast, or what a quarter of the memory that is free (for this process: a container may have a
 * limit of its own) holds, at about 64 floats of
 * activations for each hidden unit of a token. A failed allocation halves the batches later.
 */
export function tokenBudget(card: ModelCard, device: string, free = process.availableMemory()): number {
  const wanted = device !== 'cpu' ? enough.gpu : smallBatches(card) ? enough.small : enough.large;
  const perToken = 64 * 4 * card.hiddenSize;
  return Math.max(Math.min(wanted, Math.floor(free / 4 / perToken)), 64);
}
