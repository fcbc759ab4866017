import path from 'node:path';
import { makeFolder } from '../base/make-folder.ts';
import type { StageContext } from '../base/progress.ts';
import type { EmbeddingComparison, Variant } from './compare-embeddings.ts';
import type { Evaluation } from './evaluate.ts';
import {
  corpusView,
  documentsCsv,
  exportCompareHtml,
  topicsCsv,
  writeCsv,
  writeTextFile,
  type CsvOptions,
} from '../export/index.ts';
import {
  topicColors,
  topicFlow,
  topicMaps,
  topicPeaks,
  type FigureOptions,
  type Theme,
} from '../map/index.ts';
import { versions } from '../run/manifest.ts';
import type { PlotlyFigure } from '../protocol.ts';

/** Files of a comparison in its folder; each variant has a folder of its own with topics.csv and documents.csv. */
export const comparisonFiles = {
  metrics: 'metrics.csv',
  flow: 'flow.csv',
  page: 'compare.html',
  manifest: 'compare.json',
} as const;

/** A measure's name as scripts and tables write it: c_v, outlier_share. */
export function measureName(name: string): string {
  return name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
}

/** Measures by those names. */
export function namedMeasures(quality: Partial<Evaluation>): Record<string, number | null> {
  return Object.fromEntries(Object.entries(quality).map(([name, value]) => [measureName(name), value]));
}

/** Documents between the topics of neighbouring variants. */
export function flowFigure(
  variants: readonly Variant[],
  { theme = 'light', language }: Pick<FigureOptions, 'theme' | 'language'> = {},
): PlotlyFigure {
  const sides = variants.map(({ name, topics, labels, x, y }) => ({
    name,
    topics,
    labels,
    colors: topicColors(topicPeaks(x, y, labels))[theme],
  }));
  return topicFlow(sides, { theme, language });
}

/** AMI of each two variants with each other: a row a variant. */
export function agreementRows({ variants, comparison }: EmbeddingComparison): number[][] {
  const n = variants.length;
  return variants.map((_, i) => Array.from(comparison.agreement.slice(i * n, (i + 1) * n)));
}

/** What `--json` prints and compare.json keeps. */
export function comparisonReport(found: EmbeddingComparison, seed: number): Record<string, unknown> {
  const { corpus, params, variants, leftOut, seconds } = found;
  return {
    command: 'compare',
    corpus: { name: corpus.name, documents: corpus.ids.length },
    variants: variants.map(({ name, model, embedding, quality, seconds: own }) => ({
      name,
      model,
      embedding,
      ...namedMeasures(quality),
      seconds: own,
    })),
    agreement: agreementRows(found),
    left_out: leftOut,
    parameters: params,
    seed,
    seconds,
    versions: versions(),
  };
}

/** Writes a comparison into a folder: metrics.csv, flow.csv, compare.html, compare.json, and each variant's tables. */
export async function writeComparison(
  found: EmbeddingComparison,
  folder: string,
  report: Record<string, unknown>,
  context: StageContext,
  options: CsvOptions = {},
): Promise<void> {
  const { corpus, variants, comparison } = found;
  const at = (...parts: string[]): string => path.join(folder, ...parts);
  await makeFolder(folder);
  for (const variant of variants) {
    const own = variant.name.replace(/[^\p{L}\p{N}._-]+/gu, '-');
    const view = {
      ...corpusView(corpus),
      topics: variant.topics,
      labels: variant.labels,
      probabilities: variant.probabilities,
      assignedBy: null,
      x: variant.x,
      y: variant.y,
      seed: context.seed,
      reasons: [],
      manifest: report,
    };
    await topicsCsv(view, at(own, 'topics.csv'), options);
    await documentsCsv(view, at(own, 'documents.csv'), options);
  }
  const measures = variants.map(({ quality }) => namedMeasures(quality));
  const names = Object.keys(measures[0]);
  await writeCsv(
    at(comparisonFiles.metrics),
    ['variant', 'model', 'embedding', ...names],
    variants.map((v, i) => [v.name, v.model, v.embedding, ...names.map((name) => measures[i][name])]),
    options,
  );
  await writeCsv(
    at(comparisonFiles.flow),
    ['from_variant', 'from_topic', 'to_variant', 'to_topic', 'documents'],
    comparison.flows.map(({ from, to, count }) => [
      variants[from.run].name,
      from.topic,
      variants[to.run].name,
      to.topic,
      count,
    ]),
    options,
  );
  const flow = (theme: Theme): PlotlyFigure => flowFigure(variants, { theme, language: context.language });
  await exportCompareHtml(at(comparisonFiles.page), {
    name: corpus.name,
    ids: corpus.ids,
    texts: corpus.texts,
    variants: variants.map((variant, i) => ({
      name: variant.name,
      embedding: variant.embedding,
      topics: variant.topics,
      labels: variant.labels,
      map: topicMaps({ ...variant, texts: null, language: context.language }),
      metrics: measures[i],
    })),
    agreement: agreementRows(found),
    flow: { light: flow('light'), dark: flow('dark') },
    language: context.language,
    signal: context.signal,
  });
  await writeTextFile(at(comparisonFiles.manifest), [`${JSON.stringify(report, null, 2)}\n`]);
}
