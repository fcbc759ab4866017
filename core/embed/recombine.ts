import { InputError } from '../base/errors.ts';
import type { Embedding, ModelCard } from '../stages.ts';
import { combine, fitRecipe } from './combine.ts';
import type { EmbedParams } from './params.ts';

/**
 * The same documents as hidden states, routing weights, both or their sum, from what one pass of the model gave: nothing is
 * embedded again.
 * @throws InputError for embeddings given in a file; UsageError for routing weights of a dense model.
 */
export function recombine(
  embedding: Embedding,
  params: Pick<EmbedParams, 'embedding' | 'alpha' | 'layers'>,
  card: ModelCard,
): Embedding {
  const { hidden, routing, tokens, recipe } = embedding;
  if (hidden === null || routing === null)
    throw new InputError(
      'Embeddings given in a file have no hidden states and routing weights; embed the corpus with a model.',
    );
  const use = Uint8Array.from(tokens, (count) => (count > 0 ? 1 : 0));
  const how = fitRecipe(hidden, routing, use, params, card);
  return { ...embedding, matrix: combine(hidden, routing, use, how), recipe: { ...recipe, combine: how } };
}
