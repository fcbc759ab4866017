import { expertResponse, readCard, traceTexts } from '../embed/index.ts';
import { row } from '../base/matrix.ts';
import { InputError } from '../base/errors.ts';
import type { Language } from '../base/language.ts';
import type { StageContext } from '../base/progress.ts';
import { figureWords } from '../map/index.ts';
import type { TokenTrace, TopicPage } from '../protocol.ts';
import type { Session } from './session.ts';
import type { RouterInfo } from '../stages.ts';

/** Tokens of a text to look at: more can't be shown. */
const mostTokens = 4096;

/** A router's name in figures and tables. */
export function routerName({ layer, kind }: RouterInfo, language?: Language): string {
  const { layerOf, attentionOf } = figureWords(language);
  return kind === 'attention' ? attentionOf(layer) : layerOf(layer);
}

/** A name for each column of the routing weights: its router and its number there. */
export async function expertNames(session: Session): Promise<string[]> {
  const { routers } = await readCard((await session.embedParams()).model);
  return routers.flatMap((router) =>
    Array.from({ length: router.experts }, (_, e) => `${routerName(router)} · ${figureWords().expertOf(e)}`),
  );
}

const expertsShown = 10;

/** The experts that a topic's documents use more than the corpus does. */
export async function topicExperts(session: Session, topic: number): Promise<TopicPage['experts']> {
  const { routing, tokens } = await session.embedding();
  if (routing === null || topic < 0) return [];
  const { topics, deviations } = expertResponse(routing, tokens, session.state.labels);
  const own = row(deviations, topics.indexOf(topic));
  const { routers } = await readCard((await session.embedParams()).model);
  return routers
    .flatMap((router) =>
      Array.from({ length: router.experts }, (_, expert) => ({ router: routerName(router), expert })),
    )
    .map((place, column) => ({ ...place, column, deviation: own[column] }))
    .filter(({ deviation }) => deviation > 0)
    .sort((a, b) => b.deviation - a.deviation || a.column - b.column)
    .slice(0, expertsShown);
}

/** The strongest expert of every token of a text, router by router. */
export async function traceTokens(
  session: Session,
  text: string,
  context: StageContext,
): Promise<TokenTrace> {
  const { card, traces } = await traceTexts((await session.embedParams()).model, [text], context, {
    maxTokens: mostTokens,
  });
  if (card.routers.length === 0)
    throw new InputError(`${card.name} is a dense model: it has no experts to look at.`);
  const [trace] = traces;
  return {
    tokens: [...trace.pieces],
    routers: card.routers.map((router, r) => ({
      name: routerName(router),
      ...strongest(trace.logits[r], router.experts),
    })),
  };
}

function strongest(
  logits: { data: Float32Array; rows: number },
  experts: number,
): { expert: Int32Array; probability: Float32Array } {
  const expert = new Int32Array(logits.rows);
  const probability = new Float32Array(logits.rows);
  for (let t = 0; t < logits.rows; t++) {
    const own = logits.data.subarray(t * experts, (t + 1) * experts);
    let best = 0;
    for (let e = 1; e < experts; e++) if (own[e] > own[best]) best = e;
    let sum = 0;
    for (const v of own) sum += Math.exp(v - own[best]);
    expert[t] = best;
    probability[t] = 1 / sum;
  }
  return { expert, probability };
}
