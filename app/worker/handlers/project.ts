import {
  assignments,
  beginning,
  documentTimes,
  evaluate,
  expertNames,
  extentOf,
  fitStandard,
  labelLevels,
  projectFigure,
  sweepTopicSizes,
  topicMerges,
  topicPeaks,
} from '../../../core/index.ts';
import type { MapData } from '../../../core/protocol.ts';
import type { Matrix, Session } from '../../../core/index.ts';
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
  const { routing, tokens } = await session.embedding();
  const expert = routing === null ? null : strongest(routing, tokens);
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
    assignedBy: state.edit.assignedBy,
    assignments,
    hover: corpus.texts.map((text) => beginning(text, 160)),
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
    return places.map(({ x, y, name, id, reach }) => ({ level: 0, x, y, text: name, topics: [id], reach }));
  return labelLevels(await topicMerges(session), places, extentOf(state.x, state.y));
}

/** The column that stands out most in each row, in its own standard deviations, so that no expert wins everywhere. */
function strongest(routing: Matrix, tokens: Int32Array): Int32Array {
  const { mean, deviation } = fitStandard(
    routing,
    Uint8Array.from(tokens, (count) => (count > 0 ? 1 : 0)),
  );
  const { data, rows, columns } = routing;
  return Int32Array.from({ length: rows }, (_, r) => {
    if (tokens[r] === 0) return -1;
    let best = -1;
    let most = -Infinity;
    for (let c = 0; c < columns; c++) {
      const v = (data[r * columns + c] - mean[c]) / deviation[c];
      if (v > most) [best, most] = [c, v];
    }
    return best;
  });
}
