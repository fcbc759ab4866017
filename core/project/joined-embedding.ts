import { InputError } from '../base/errors.ts';
import { zeros, type Matrix } from '../base/matrix.ts';
import { combine, type CombineRecipe } from '../embed/index.ts';
import { concat } from '../run/spread.ts';
import type { Embedding } from '../stages.ts';

/** What has to be equal for two embeddings to be of one kind. */
const alike = ['fingerprint', 'pooling', 'prompt', 'maxTokens', 'long', 'rw'] as const;

/** One matrix below the other. */
export function stack(above: Matrix, below: Matrix): Matrix {
  const out = zeros(above.rows + below.rows, above.columns);
  out.data.set(above.data);
  out.data.set(below.data, above.data.length);
  return out;
}

/**
 * A second embedding in the space of a first: combined as the first was, with its mean and deviation of the routing weights.
 * @throws InputError when they are not of the same model and settings.
 */
export function inSpaceOf(first: Embedding, second: Embedding): Embedding {
  if (Boolean(first.recipe.given) !== Boolean(second.recipe.given))
    throw new InputError(
      'One embedding comes from a model and the other from a file; use the same kind for both.',
    );
  const odd = alike.find((name) => first.recipe[name] !== second.recipe[name]);
  if (odd !== undefined || first.matrix.columns < 1)
    throw new InputError(
      `The two embeddings differ in ${odd === 'fingerprint' ? 'their model' : odd}; run both corpora with the same model and settings.`,
    );
  const { hidden, routing, tokens } = second;
  if (hidden === null || routing === null || first.hidden === null) {
    if (first.matrix.columns !== second.matrix.columns)
      throw new InputError(
        `The two embeddings have ${first.matrix.columns} and ${second.matrix.columns} dimensions; use the same model for both.`,
      );
    return second;
  }
  const use = Uint8Array.from(tokens, (count) => (count > 0 ? 1 : 0));
  const how = first.recipe.combine as CombineRecipe;
  return { ...second, matrix: combine(hidden, routing, use, how), recipe: first.recipe };
}

/** Two embeddings of one space (`inSpaceOf`) as one, the second's documents below the first's. */
export function joinEmbeddings(first: Embedding, second: Embedding): Embedding {
  const join = (a: Matrix | null, b: Matrix | null): Matrix | null => (a && b ? stack(a, b) : null);
  return {
    matrix: stack(first.matrix, second.matrix),
    hidden: join(first.hidden, second.hidden),
    routing: join(first.routing, second.routing),
    tokens: concat(first.tokens, second.tokens),
    truncated: concat(first.truncated, second.truncated),
    recipe: first.recipe,
    device: second.device,
    seconds: first.seconds + second.seconds,
  };
}
