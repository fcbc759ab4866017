import { InputError, UsageError } from '../base/errors.ts';
import type { Language } from '../base/language.ts';
import { zeros, type Matrix } from '../base/matrix.ts';
import type { StageContext } from '../base/progress.ts';
import { readCard } from '../embed/index.ts';
import {
  condensedTreeFigure,
  contingencyFigure,
  expertHeatMap,
  hierarchyFigure,
  intertopicMap,
  keywordBars,
  similarityHeatMap,
  termRank,
  topicMap,
  topicMaps,
  topicSizes,
  type Merges,
  type Theme,
  type TopicMapInput,
} from '../map/index.ts';
import type { PlotlyFigure, ThemedFigure } from '../protocol.ts';
import { clusteringInForce } from './recluster.ts';
import type { Session } from './session.ts';
import type { Topic } from '../stages.ts';
import { routerName } from './experts.ts';
import type { OverTimeRequest, PerClassRequest } from './slices.ts';
import { overTimeFigure, perClassFigure } from './time.ts';
import { currentTopic, linkage, similarityByTerms } from '../topics/index.ts';

/** What a figure can be asked for; each takes what concerns it. */
export interface FigureRequest extends OverTimeRequest, PerClassRequest {
  readonly theme?: Theme;
  /** Of what the figure says itself; English by default. */
  readonly language?: Language;
  /** Over time and per class: each topic as shares of its own documents. */
  readonly normalised?: boolean;
  /** Most topics shown where a figure can't show all. */
  readonly limit?: number;
}

type Maker = (
  session: Session,
  options: FigureRequest & { readonly theme: Theme },
  context: StageContext,
) => Promise<PlotlyFigure>;

const inTopics = (session: Session): Topic[] => session.state.topics.filter((topic) => topic.id >= 0);

/** What the map shows of a project. */
function mapOf(session: Session): TopicMapInput {
  const { x, y, labels, topics } = session.state;
  return { x, y, labels, topics, texts: session.corpus.texts, colors: session.colors() };
}

/** Each figure of a project by its name. */
const makers = {
  map: async (session, { theme, language }) => topicMap({ ...mapOf(session), theme, language }),
  bars: async (session, { theme, language, limit = 12 }) =>
    keywordBars(inTopics(session), { theme, language, limit, colors: session.colors()[theme] }),
  sizes: async (session, { theme, language }) =>
    topicSizes(session.state.topics, { theme, language, colors: session.colors()[theme] }),
  'term-rank': async (session, { theme, language }) =>
    termRank(inTopics(session), { theme, language, colors: session.colors()[theme] }),
  hierarchy: async (session, { theme, language }) =>
    hierarchyFigure(inTopics(session), await topicMerges(session), {
      theme,
      language,
      colors: session.colors()[theme],
    }),
  similarity: async (session, { theme, language }) => {
    const topics = inTopics(session);
    return similarityHeatMap(topics, await likeness(session), { theme, language });
  },
  distance: async (session, { theme, language }) => {
    const topics = inTopics(session);
    return intertopicMap(topics, await likeness(session), {
      theme,
      language,
      colors: session.colors()[theme],
    });
  },
  'over-time': overTimeFigure,
  'per-class': perClassFigure,
  contingency: async (session, { theme, language }) => {
    const { classes, counts } = labelCounts(session);
    const topics = inTopics(session);
    const table = zeros(classes.length, topics.length);
    classes.forEach((_, c) =>
      topics.forEach((topic, t) => (table.data[c * topics.length + t] = counts.get(`${topic.id} ${c}`) ?? 0)),
    );
    return contingencyFigure(classes, topics, table, { theme, language });
  },
  experts: async (session, { theme, language }) => {
    const { load, routers } = await meanRouting(session, language);
    return expertHeatMap(load, routers, { theme, language });
  },
  'condensed-tree': async (session, { theme, language }, context) => {
    const clustering = await clusteringInForce(session, context);
    if (!clustering?.condensedTree)
      throw new InputError('This project has no condensed tree: it was not clustered by hdbscan.');
    return condensedTreeFigure(clustering.condensedTree, clustering.labels, {
      theme,
      language,
      colors: session.colors()[theme],
      now: (topic) => currentTopic(session.state.edit, topic),
    });
  },
} satisfies Record<string, Maker>;

export type FigureName = keyof typeof makers;
export const figureNames = Object.keys(makers) as FigureName[];

/**
 * A figure of a project as plain Plotly JSON.
 * @throws UsageError for an unknown name; InputError where the project lacks what the figure shows.
 */
export function projectFigure(
  session: Session,
  name: string,
  options: FigureRequest,
  context: StageContext,
): Promise<PlotlyFigure> {
  const make = (makers as Record<string, Maker>)[name];
  if (make === undefined)
    throw new UsageError(`There is no figure ${name}; the figures are ${figureNames.join(', ')}.`);
  return make(
    session,
    { ...options, theme: options.theme ?? 'light', language: options.language ?? context.language },
    context,
  );
}

/** A figure for pages that may be read in the light or in the dark. */
export async function themedFigure(
  session: Session,
  name: FigureName,
  context: StageContext,
): Promise<ThemedFigure> {
  // So many points and texts are needed only once.
  if (name === 'map') return topicMaps({ ...mapOf(session), language: context.language });
  const [light, dark] = await Promise.all(
    (['light', 'dark'] as const).map((theme) => projectFigure(session, name, { theme }, context)),
  );
  return { light, dark };
}

/** Cosines of the topics' c-TF-IDF, in the order of their ids. */
async function likeness(session: Session): Promise<Matrix> {
  const { values, topics } = similarityByTerms(await session.topicTerms());
  return { data: Float32Array.from(values), rows: topics.length, columns: topics.length };
}

/** Average linkage of the topics by the cosine of their c-TF-IDF. */
export async function topicMerges(session: Session): Promise<Merges> {
  const topics = inTopics(session);
  const { data } = await likeness(session);
  const distances = Float64Array.from(data, (s) => Math.max(0, 1 - s));
  for (let t = 0; t < topics.length; t++) distances[t * topics.length + t] = 0;
  const tree = linkage(distances, topics.length, 'average');
  return { left: tree.left, right: tree.right, distance: tree.height };
}

function labelCounts(session: Session): { classes: string[]; counts: Map<string, number> } {
  const { labels } = session.corpus;
  if (labels === null)
    throw new InputError('This corpus has no label column; name one with --label when it is run.');
  const classes = [...new Set(labels.filter((label) => label !== null))].sort();
  const place = new Map(classes.map((name, c) => [name, c]));
  const counts = new Map<string, number>();
  labels.forEach((label, d) => {
    if (label === null) return;
    const key = `${session.state.labels[d]} ${place.get(label)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  return { classes, counts };
}

/** Mean routing weight of each expert of each router over the corpus. */
export async function meanRouting(
  session: Session,
  language?: Language,
): Promise<{ load: Matrix; routers: string[] }> {
  const { routing } = await session.embedding();
  if (routing === null)
    throw new InputError('This project was run with given embeddings, so no experts were seen.');
  const card = await readCard((await session.embedParams()).model);
  const experts = Math.max(...card.routers.map((r) => r.experts));
  const load = zeros(card.routers.length, experts);
  const used = routing.rows - session.corpus.empty.length;
  let at = 0;
  card.routers.forEach((router, r) => {
    for (let e = 0; e < router.experts; e++, at++) {
      let sum = 0;
      for (let d = 0; d < routing.rows; d++) sum += routing.data[d * routing.columns + at];
      load.data[r * experts + e] = sum / Math.max(1, used);
    }
  });
  return {
    load,
    routers: card.routers.map((router) => routerName(router, language)),
  };
}
