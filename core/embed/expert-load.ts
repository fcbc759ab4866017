import { throwIfCancelled, UsageError } from '../base/errors.ts';
import { type StageContext } from '../base/progress.ts';
import { type RouterInfo } from '../stages.ts';
import { encodeText } from './encode-text.ts';
import { modelHandle } from './open-model.ts';
import { type EmbedParams } from './params.ts';
import { readPrompt } from './prompt.ts';
import { runBatches } from './run-batches.ts';
import { TokenModel } from './token-model.ts';
import { tokenBudget } from './token-budget.ts';

/** One router's experts over a corpus. */
export interface RouterLoad extends RouterInfo {
  /** Of each expert: its share of the tokens' choices; they add up to 1. A fair share is 1 / experts. */
  readonly share: readonly number[];
  /** Mean probability before top-k. */
  readonly probability: readonly number[];
  /** Coefficient of variation of the experts' importance (summed probabilities; arXiv 1701.06538, section 4). */
  readonly importanceVariation: number;
  /** N · Σ fᵢ·Pᵢ, 1 when balanced (Switch Transformers, arXiv 2101.03961, equation 4 without its α). */
  readonly balance: number;
  /** Mean entropy of a token's probabilities in nats, on a sample of the documents. */
  readonly entropy: number;
  /** Share of choices that capacity left without a place. */
  readonly dropped: number;
}

export interface ExpertLoad {
  readonly documents: number;
  readonly tokens: number;
  readonly routers: readonly RouterLoad[];
}

/** Documents whose tokens are looked at one by one for the entropy. */
const entropySample = 100;

/**
 * How a model's routers spread a corpus over their experts.
 * @throws UsageError for a dense model.
 */
export async function expertLoad(
  texts: readonly string[],
  params: EmbedParams,
  context: StageContext,
): Promise<ExpertLoad> {
  const handle = await modelHandle(params.model, params.device, context.threads);
  const { card } = handle;
  if (card.routers.length === 0)
    throw new UsageError(`${card.name} is a dense model: it has no experts to look at.`);
  const maxTokens = Math.min(card.maxTokens, params.maxTokens === 'auto' ? 512 : params.maxTokens);
  const options = { prompt: readPrompt(params.prompt, card.prefix), maxTokens, long: params.long };
  const encoded = texts.map((t) => encodeText(handle.tokeniser, t, options).chunks);
  const sequences = encoded.flat();
  const width = card.routers.reduce((sum, r) => sum + r.experts, 0);
  const chosen = new Float64Array(width);
  const probability = new Float64Array(width);
  let tokens = 0;
  let done = 0;
  const { model } = await handle.open();
  const how = {
    pooling: 'mean' as const,
    rw: 'probabilities' as const,
    budget: tokenBudget(card, model.device),
    signal: context.signal,
  };
  await runBatches(model, sequences, how, async (items, out) => {
    for (const [i, s] of items.entries()) {
      const length = sequences[s].length;
      tokens += length;
      for (let c = 0; c < width; c++) {
        chosen[c] += out.selected[i * width + c] * length;
        probability[c] += out.routing[i * width + c] * length;
      }
    }
    done += items.length;
    context.onProgress({ kind: 'progress', stage: 'embed', fraction: done / sequences.length });
  });
  const entropy = await meanEntropy(handle.folder, sequences, card.routers, context);
  let at = 0;
  const routers = card.routers.map((r, i) => {
    const own = (all: Float64Array): Float64Array => all.subarray(at, at + r.experts);
    const load = routerLoad(r, own(chosen), own(probability), tokens, entropy[i]);
    at += r.experts;
    return load;
  });
  return { documents: texts.length, tokens, routers };
}

/** Figures of one router from its experts' choices and summed probabilities over `tokens` tokens. */
export function routerLoad(
  router: RouterInfo,
  chosen: ArrayLike<number>,
  importance: ArrayLike<number>,
  tokens: number,
  entropy: number,
): RouterLoad {
  const sum = (a: ArrayLike<number>): number => Array.from(a).reduce((s, v) => s + v, 0);
  const total = sum(chosen);
  const share = Array.from(chosen, (c) => (total > 0 ? c / total : 0));
  const probability = Array.from(importance, (p) => (tokens > 0 ? p / tokens : 0));
  const mean = sum(probability) / router.experts;
  const variance = sum(probability.map((p) => (p - mean) ** 2)) / router.experts;
  return {
    ...router,
    share,
    probability,
    importanceVariation: mean > 0 ? Math.sqrt(variance) / mean : 0,
    balance: router.experts * sum(share.map((f, e) => f * probability[e])),
    entropy,
    dropped: tokens > 0 ? Math.max(0, 1 - total / (tokens * router.active)) : 0,
  };
}

async function meanEntropy(
  folder: string,
  sequences: readonly Int32Array[],
  routers: readonly RouterInfo[],
  context: StageContext,
): Promise<number[]> {
  const { card } = await modelHandle(folder, 'cpu', context.threads);
  const model = await TokenModel.open(folder, card, context.threads);
  const sums = routers.map(() => 0);
  let tokens = 0;
  try {
    const step = Math.max(1, Math.floor(sequences.length / entropySample));
    for (let s = 0; s < sequences.length; s += step) {
      throwIfCancelled(context.signal);
      const { logits } = await model.run(sequences[s]);
      tokens += sequences[s].length;
      for (const [r, l] of logits.entries())
        for (let t = 0; t < l.rows; t++)
          sums[r] += softmaxEntropy(l.data.subarray(t * l.columns, (t + 1) * l.columns));
    }
  } finally {
    await model.close();
  }
  return sums.map((s) => (tokens > 0 ? s / tokens : 0));
}

/** Entropy of softmax(logits) in nats: log Σ eˣ − Σ p·x. */
function softmaxEntropy(logits: Float32Array): number {
  let most = -Infinity;
  for (const x of logits) most = Math.max(most, x);
  let z = 0;
  let weighted = 0;
  for (const x of logits) {
    const e = Math.exp(x - most);
    z += e;
    weighted += e * (x - most);
  }
  return Math.log(z) - weighted / z;
}
