import {
  documentTimes,
  evaluate,
  expertNames,
  extentOf,
  hoverText,
  labelLevels,
  projectFigure,
  sweepTopicSizes,
  topicMerges,
  topicPeaks,
} from '../../../core/index.ts';
import type { MapData } from '../../../core/protocol.ts';
import type { Session } from '../../../core/index.ts';
import type { Handlers } from '../call.ts';
import { countWords } from '../documents.ts';
import { summarise } from '../summary.ts';

export const projectHandlers: Handlers<
  'project.open' | 'project.close' | 'project.map' | 'figure' | 'quality' | 'quality.sweep'
> = {
  'project.open': async ({ path }, { workspace }) => summarise(await workspace.open(path)),

  'project.close': async (_params, { workspace }) => {
    await workspace.close();
    return null;
  },

  'project.map': async (_params, { workspace }) => mapData(workspace.session),

  figure: async ({ name, options }, { workspace, context }) =>
    projectFigure(workspace.session, name, options, context),

  quality: async (_params, { workspace, context }) =>
    evaluate(workspace.session, workspace.session.corpus.labels, context),

  'quality.sweep': async ({ sizes }, { workspace, context }) =>
    sweepTopicSizes(workspace.session, sizes, context),
};

async function mapData(session: Session): Promise<MapData> {
  const { corpus, state } = session;
  const colors = session.colors();
  const labelNames = [...new Set(corpus.labels?.filter((label) => label !== null) ?? [])].sort();
  const place = new Map(labelNames.map((name, i) => [name, i]));
  const { routing } = await session.embedding();
  const expert = routing === null ? null : strongest(routing.data, routing.columns);
  return {
    x: state.x,
    y: state.y,
    topic: state.labels,
    probability: Float32Array.from(state.probabilities),
    length: Int32Array.from(corpus.texts, countWords),
    label:
      corpus.labels && Int32Array.from(corpus.labels, (label) => (label === null ? -1 : place.get(label)!)),
    labelNames,
    date: documentTimes(session),
    expert,
    expertNames: routing === null ? [] : await expertNames(session),
    hover: corpus.texts.map((text) => hoverText(text)),
    colors: { light: { ...colors.light }, dark: { ...colors.dark } },
    names: await names(session),
  };
}

async function names(session: Session): Promise<MapData['names']> {
  const { state } = session;
  const byId = new Map(state.topics.map((topic) => [topic.id, topic]));
  const peaks = topicPeaks(state.x, state.y, state.labels);
  const places = peaks.map((peak) => ({ ...peak, name: byId.get(peak.id)?.name ?? String(peak.id) }));
  if (places.length < 2)
    return places.map(({ x, y, name, id }) => ({ level: 0, x, y, text: name, topics: [id] }));
  return labelLevels(await topicMerges(session), places, extentOf(state.x, state.y));
}

/** The column with the largest weight in each row, after taking each column's mean away, so that no expert wins everywhere. */
function strongest(data: Float32Array, columns: number): Int32Array {
  const rows = data.length / columns;
  const mean = new Float64Array(columns);
  data.forEach((v, i) => (mean[i % columns] += v / rows));
  return Int32Array.from({ length: rows }, (_, r) => {
    let best = -1;
    let most = -Infinity;
    for (let c = 0; c < columns; c++) {
      const v = data[r * columns + c] - mean[c];
      if (data[r * columns + c] > 0 && v > most) [best, most] = [c, v];
    }
    return best;
  });
}
