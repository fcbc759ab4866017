import { type Matrix } from '../base/matrix.ts';
import { quietContext, type StageContext } from '../base/progress.ts';
import { type Embedding, type ModelCard } from '../stages.ts';
import { combine, type CombineRecipe, fitRecipe } from './combine.ts';
import { modelHandle, type ModelHandle } from './open-model.ts';
import { type EmbedParams } from './params.ts';
import { poolTexts, type PooledTexts, type PoolOptions } from './pool-texts.ts';
import { readPrompt } from './prompt.ts';

/** Raised when a row would come out differently than before, so that rows kept on disk are not used. */
const cacheVersion = 2;

/** Texts longer than this are rare, and reading them whole takes time that few topics need. */
const autoMaxTokens = 512;

/** `Embedding.recipe`: what embeds a new document in the same way. */
export interface EmbedRecipe extends Record<string, unknown> {
  readonly model: string;
  readonly fingerprint: string;
  readonly pooling: string;
  readonly prompt: string;
  readonly maxTokens: number;
  readonly long: string;
  readonly rw: string;
  readonly combine: CombineRecipe;
}

/**
 * The embed stage: texts → one row each (see `combine`). Rows of empty texts are zeros. What was embedded before with the same model
 * and parameters comes from the cache, so that an interrupted run goes on where it stopped.
 * @throws ModelError for the model, UsageError for a parameter it can't follow, CancelledError.
 */
export async function embed(
  texts: readonly string[],
  params: EmbedParams,
  context: StageContext,
): Promise<Embedding> {
  const started = performance.now();
  const handle = await modelHandle(params.model, params.device, context.threads);
  const options = poolOptions(handle, params);
  const pooled = await poolTexts(handle, texts, options, context);
  const use = Uint8Array.from(pooled.tokens, (n) => (n > 0 ? 1 : 0));
  const recipe: EmbedRecipe = {
    model: params.model,
    fingerprint: handle.card.fingerprint,
    pooling: options.pooling,
    prompt: params.prompt,
    maxTokens: options.maxTokens,
    long: params.long,
    rw: params.rw,
    combine: fitRecipe(pooled.hidden, pooled.routing, use, params, handle.card),
  };
  return {
    matrix: combine(pooled.hidden, pooled.routing, use, recipe.combine),
    hidden: pooled.hidden,
    routing: pooled.routing,
    tokens: pooled.tokens,
    truncated: pooled.truncated,
    recipe,
    device: await deviceUsed(handle, params),
    seconds: (performance.now() - started) / 1000,
  };
}

/**
 * Embeds words, phrases or new documents as the corpus was: with the corpus' recipe the rows lie in the same space as its matrix,
 * without one they are unit hidden states. Nothing is kept on disk.
 */
export async function embedWords(
  words: readonly string[],
  params: EmbedParams,
  context: StageContext,
  recipe?: Record<string, unknown>,
): Promise<Matrix> {
  const handle = await modelHandle(params.model, params.device, context.threads);
  const options = { ...poolOptions(handle, params), cacheKey: null };
  const quiet = quietContext({ ...context, onProgress: () => undefined });
  return inSpace(await poolTexts(handle, words, options, quiet), recipe);
}

/**
 * Embeds new documents as the corpus was, into the space of its matrix. What was embedded before with the same model and parameters
 * comes from the cache, as in a run. @returns [texts × dimensions]
 */
export async function embedDocuments(
  texts: readonly string[],
  params: EmbedParams,
  context: StageContext,
  recipe: Record<string, unknown>,
): Promise<Matrix> {
  const handle = await modelHandle(params.model, params.device, context.threads);
  return inSpace(await poolTexts(handle, texts, poolOptions(handle, params), context), recipe);
}

/** One text as a row of the corpus' matrix: for search by meaning. */
export async function embedOne(
  text: string,
  params: EmbedParams,
  context: StageContext,
  recipe?: Record<string, unknown>,
): Promise<Float32Array> {
  return (await embedWords([text], params, context, recipe)).data;
}

/** Where a model runs, and why there. @throws ModelError when it runs nowhere. */
export async function embeddingDevice(
  params: EmbedParams,
  context: StageContext,
): Promise<Embedding['device']> {
  return deviceUsed(await modelHandle(params.model, params.device, context.threads), params);
}

function inSpace(pooled: PooledTexts, recipe: Record<string, unknown> | undefined): Matrix {
  const use = Uint8Array.from(pooled.tokens, (n) => (n > 0 ? 1 : 0));
  const plain: CombineRecipe = { embedding: 'hs', alpha: 0, columns: [], hidden: null, routing: null };
  const how = (recipe as EmbedRecipe | undefined)?.combine ?? plain;
  return combine(pooled.hidden, pooled.routing, use, how);
}

function poolOptions(handle: ModelHandle, params: EmbedParams): PoolOptions {
  const { card } = handle;
  const pooling = params.pooling === 'auto' ? card.pooling : params.pooling;
  const maxTokens = Math.min(card.maxTokens, params.maxTokens === 'auto' ? autoMaxTokens : params.maxTokens);
  const { prompt, long, rw } = params;
  return {
    prompt: readPrompt(prompt, card.prefix),
    maxTokens,
    long,
    pooling,
    rw,
    cacheKey: [cacheVersion, card.fingerprint, deviceKey(card, params), pooling, prompt, maxTokens, long, rw],
  };
}

/** Devices differ in the last digits, so their rows are kept apart. */
function deviceKey(card: ModelCard, params: EmbedParams): string {
  return params.device === 'auto' && card.devices.every((d) => d === 'cpu') ? 'cpu' : params.device;
}

async function deviceUsed(handle: ModelHandle, params: EmbedParams): Promise<Embedding['device']> {
  const { model, why } = await handle.open();
  return { name: model.device, why: params.device === 'auto' ? why : `--device ${params.device}` };
}
