import { InputError, UsageError } from '../base/errors.ts';
import { row, type Matrix } from '../base/matrix.ts';
import type { StageContext } from '../base/progress.ts';
import { expertResponse, readCard, traceTexts, wordsOf } from '../embed/index.ts';
import type { ExpertProfile, ExpertsOverview } from '../protocol.ts';
import type { RouterInfo } from '../stages.ts';
import { routerName } from './experts.ts';
import type { Session } from './session.ts';

/** Documents whose tokens are looked at one by one: those that use the expert most, and as many from all over the corpus. */
const traced = 16;
/** Tokens of each of them, so that long documents don't speak for all. */
const tokensEach = 160;
/** The mean weight over fewer tokens says little of a document: a line of dashes would be every expert's example. */
const telling = 24;
/** Most words of a profile. */
const wordsShown = 24;

async function routingOf(
  session: Session,
): Promise<{ routing: Matrix; tokens: Int32Array; routers: readonly RouterInfo[] }> {
  const { routing, tokens } = await session.embedding();
  if (routing === null)
    throw new InputError('This project was run with given embeddings, so no experts were seen.');
  const { routers } = await readCard((await session.embedParams()).model);
  if (routers.length === 0)
    throw new InputError('The model of this project is a dense one: it has no experts to look at.');
  return { routing, tokens, routers };
}

/** Which experts answer to which topics, in a project as it is now. @throws InputError for a project without routing weights. */
export async function expertsOverview(session: Session): Promise<ExpertsOverview> {
  const { routing, tokens, routers } = await routingOf(session);
  const { topics, deviations, explained } = expertResponse(routing, tokens, session.state.labels);
  return {
    routers: routers.map((router) => ({
      name: routerName(router),
      experts: router.experts,
      active: router.active,
    })),
    topics,
    deviations: deviations.data,
    explained: Float32Array.from(explained),
  };
}

/**
 * One expert: documents that use it most, and the words for which its router chooses it more than on average. Words are looked
 * for in these documents and in as many spread over the corpus.
 * @param column of the routing weights, all routers side by side
 * @throws UsageError for a column that there is not; InputError for a project without routing weights.
 */
export async function expertProfile(
  session: Session,
  column: number,
  limit: number,
  context: StageContext,
): Promise<ExpertProfile> {
  const { routing, tokens, routers } = await routingOf(session);
  if (column >= routing.columns)
    throw new UsageError(`There is no expert ${column}; the last one is ${routing.columns - 1}.`);
  let router = 0;
  let expert = column;
  while (expert >= routers[router].experts) expert -= routers[router++].experts;
  const { duplicateOf, texts } = session.corpus;
  const read = [...texts.keys()].filter((d) => tokens[d] > 0 && duplicateOf[d] < 0);
  const long = read.filter((d) => tokens[d] >= telling);
  const known = long.length >= traced ? long : read;
  const weight = (d: number): number => row(routing, d)[column];
  const strongest = known.toSorted((a, b) => weight(b) - weight(a) || a - b);
  const step = Math.max(1, Math.floor(known.length / traced));
  const sample = known.filter((_, k) => k % step === 0).slice(0, traced);
  const looked = [...new Set([...strongest.slice(0, traced), ...sample])];
  const { traces } = await traceTexts(
    (await session.embedParams()).model,
    looked.map((d) => texts[d].slice(0, 4000)),
    { ...context, onProgress: () => undefined },
    { maxTokens: tokensEach },
  );
  return {
    router: routerName(routers[router]),
    expert,
    rows: strongest.slice(0, limit),
    words: favouredWords(
      traces.map((trace) => ({ pieces: trace.pieces, shares: shareOf(trace.logits[router], expert) })),
    ),
  };
}

/** An expert's probability at each token: softmax over all experts, before top-k. */
function shareOf({ data, rows, columns }: Matrix, expert: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, t) => {
    const own = data.subarray(t * columns, (t + 1) * columns);
    const most = own.reduce((a, b) => Math.max(a, b), -Infinity);
    const sum = own.reduce((a, b) => a + Math.exp(b - most), 0);
    return Math.exp(own[expert] - most) / sum;
  });
}

/** Words by how much more than the average token they get of an expert; rarer ones need a larger lead (a lower confidence bound). */
function favouredWords(
  texts: readonly { pieces: readonly string[]; shares: Float64Array }[],
): ExpertProfile['words'] {
  const found = new Map<string, { sum: number; count: number }>();
  let sum = 0;
  let square = 0;
  let count = 0;
  for (const { pieces, shares } of texts)
    for (const { word, from, to } of wordsOf(pieces)) {
      const share = shares.subarray(from, to).reduce((a, b) => a + b, 0) / (to - from);
      sum += share;
      square += share * share;
      count++;
      const known = found.get(word) ?? { sum: 0, count: 0 };
      found.set(word, { sum: known.sum + share, count: known.count + 1 });
    }
  if (count === 0) return [];
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, square / count - mean * mean)) || 1;
  return [...found]
    .filter(([, word]) => word.count > 1)
    .map(([word, own]) => ({ word, count: own.count, deviation: (own.sum / own.count - mean) / deviation }))
    .sort(
      (a, b) =>
        b.deviation - 1 / Math.sqrt(b.count) - (a.deviation - 1 / Math.sqrt(a.count)) ||
        (a.word < b.word ? -1 : 1),
    )
    .filter(({ deviation: lead }) => lead > 0)
    .slice(0, wordsShown);
}
