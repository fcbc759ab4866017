import { throwIfCancelled } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import { csvLines, sixDecimals, writeTextFile, type CsvCell, type CsvOptions } from '../export/index.ts';
import type { Session } from './session.ts';
import { approximateDistribution } from '../topics/index.ts';

/** Documents whose mixtures are held in memory at once. */
const batch = 1000;

/**
 * Each document's mixture of topics as a CSV: id, then a column `topic_T` for every topic; shares add up to 1, or are all 0 where
 * nothing in a document resembles a topic. Windows of words against c-TF-IDF (BERTopic's `approximate_distribution`).
 */
export async function exportDistributions(
  session: Session,
  file: string,
  context: StageContext,
  options: CsvOptions = {},
): Promise<void> {
  const { corpus, state } = session;
  const terms = await session.topicTerms();
  const real = state.topics.filter((topic) => topic.id >= 0).map((topic) => topic.id);
  const header = ['id', ...real.map((id) => `topic_${id}`)];
  const lines: string[] = [...csvLines(header, [], options.raw)];
  for (let from = 0; from < corpus.ids.length; from += batch) {
    throwIfCancelled(context.signal);
    const texts = corpus.texts.slice(from, from + batch);
    const { topics, matrix } = await approximateDistribution(terms, texts, context);
    const place = new Map(Array.from(topics, (topic, t) => [topic, t]));
    const rows = texts.map((_, i): CsvCell[] => [
      corpus.ids[from + i],
      ...real.map((id) => {
        const t = place.get(id);
        return t === undefined ? 0 : sixDecimals(matrix.data[i * matrix.columns + t]);
      }),
    ]);
    lines.push([...csvLines([], rows, options.raw)].slice(1).join(''));
    context.onProgress({
      kind: 'progress',
      stage: 'export',
      fraction: Math.min(1, (from + batch) / corpus.ids.length),
    });
  }
  await writeTextFile(file, lines, context.signal);
}
