import { UsageError } from '../base/errors.ts';
import { type Matrix, row, sideBySide, unitRows, zeros } from '../base/matrix.ts';
import { type ModelCard, type RouterInfo } from '../stages.ts';
import { type EmbedParams } from './params.ts';
import { fitStandard, type Standard, standardise } from './standardise.ts';

/** How pooled outputs became the matrix: enough to do the same with a new document. */
export interface CombineRecipe {
  readonly embedding: EmbedParams['embedding'];
  /** Weight of the routing weights; null for the paper's plain concatenation. */
  readonly alpha: number | null;
  /** Columns of the routing weights that are used. */
  readonly columns: readonly number[];
  readonly hidden: Standard | null;
  readonly routing: Standard | null;
}

/**
 * Fits what MoEE (arXiv 2410.10814) needs from the corpus. A dense model has hidden states only, whatever was asked for but rw.
 * @throws UsageError for routing weights of a dense model or layers that it hasn't got.
 */
export function fitRecipe(
  hidden: Matrix,
  routing: Matrix,
  use: Uint8Array,
  params: Pick<EmbedParams, 'embedding' | 'alpha' | 'layers'>,
  card: ModelCard,
): CombineRecipe {
  if (card.routers.length === 0) {
    if (params.embedding === 'rw')
      throw new UsageError(`${card.name} is a dense model without routers; choose --embedding hs.`);
    return { embedding: 'hs', alpha: 0, columns: [], hidden: null, routing: null };
  }
  const columns = routerColumns(card.routers, params.layers);
  const { embedding } = params;
  if (embedding === 'hs') return { embedding, alpha: 0, columns, hidden: null, routing: null };
  const alpha = params.alpha === 'paper' ? null : params.alpha === 'auto' ? card.alpha : params.alpha;
  return {
    embedding,
    alpha: embedding === 'sum' ? (alpha ?? 1) : alpha,
    columns,
    hidden: embedding === 'concat' && alpha === null ? fitStandard(hidden, use) : null,
    routing: fitStandard(pickColumns(routing, columns), use),
  };
}

/**
 * Pooled outputs → the matrix that the next stage sees; rows where `use` is 0 are zeros.
 * concat and sum are one matrix, [HS/|HS| ; √α·RW/|RW|] with RW standardised: its cosine is cos(HS) + α·cos(RW) up to scale.
 */
export function combine(hidden: Matrix, routing: Matrix, use: Uint8Array, recipe: CombineRecipe): Matrix {
  return blankRows(combineAll(hidden, routing, recipe), use);
}

function combineAll(hidden: Matrix, routing: Matrix, recipe: CombineRecipe): Matrix {
  if (recipe.routing === null) return unitRows(hidden);
  const standard = standardise(pickColumns(routing, recipe.columns), recipe.routing);
  if (recipe.embedding === 'rw') return unitRows(standard);
  if (recipe.alpha === null || recipe.hidden !== null)
    return sideBySide([recipe.hidden ? standardise(hidden, recipe.hidden) : hidden, standard]);
  const weighted = unitRows(standard);
  const root = Math.sqrt(recipe.alpha);
  for (let i = 0; i < weighted.data.length; i++) weighted.data[i] *= root;
  return sideBySide([unitRows(hidden), weighted]);
}

function blankRows(m: Matrix, use: Uint8Array): Matrix {
  for (let r = 0; r < m.rows; r++) if (use[r] === 0) row(m, r).fill(0);
  return m;
}

function pickColumns(m: Matrix, columns: readonly number[]): Matrix {
  if (columns.length === m.columns) return m;
  const out = zeros(m.rows, columns.length);
  for (let r = 0; r < m.rows; r++)
    for (let c = 0; c < columns.length; c++)
      out.data[r * columns.length + c] = m.data[r * m.columns + columns[c]];
  return out;
}

/**
 * Columns of the routing weights that belong to the layers asked for: all, last, or numbers of layers (from 0).
 * @throws UsageError naming the layers that have routers.
 */
export function routerColumns(routers: readonly RouterInfo[], layers: string): number[] {
  const there = [...new Set(routers.map((r) => r.layer))];
  const wanted =
    layers === 'all'
      ? there
      : layers === 'last'
        ? there.slice(-1)
        : layers.split(',').map((l) => Number(l.trim()));
  const wrong = wanted.find((l) => !there.includes(l));
  if (wrong !== undefined || wanted.length === 0)
    throw new UsageError(
      `--layers ${layers}: the layers with routers are ${there.join(', ')}; name some of them.`,
    );
  const columns: number[] = [];
  let at = 0;
  for (const r of routers) {
    if (wanted.includes(r.layer)) for (let e = 0; e < r.experts; e++) columns.push(at + e);
    at += r.experts;
  }
  return columns;
}
