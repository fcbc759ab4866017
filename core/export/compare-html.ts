import type { Language } from '../base/language.ts';
import type { ThemedFigure } from '../protocol.ts';
import type { Topic } from '../stages.ts';
import { inThemes } from './in-themes.ts';
import { pagePieces } from './page.ts';
import { beginning, scriptJson } from './report-data.ts';
import { writeTextFile } from './text-file.ts';

/** One result on the page. */
export interface ComparedMap {
  readonly name: string;
  /** What stands for a document; the page says it in words. */
  readonly embedding?: 'hs' | 'rw' | 'concat' | 'sum';
  readonly topics: readonly Topic[];
  /** [n] */
  readonly labels: Int32Array;
  readonly map: ThemedFigure;
  /** Measures by the names under which metrics.csv has them; null where one can't be computed. */
  readonly metrics: Readonly<Record<string, number | null>>;
}

export interface CompareHtmlOptions {
  readonly name: string;
  readonly ids: readonly string[];
  readonly texts: readonly string[];
  readonly variants: readonly ComparedMap[];
  /** AMI of each two variants with each other. */
  readonly agreement: readonly (readonly number[])[];
  /** Documents between the topics of the variants. */
  readonly flow: ThemedFigure;
  /** Characters kept of each document. */
  readonly characters?: number;
  /** The language that the figures were made in. */
  readonly language?: Language;
  readonly signal?: AbortSignal;
}

/**
 * Writes results over one corpus as one HTML file that opens offline: their maps side by side (what is pointed at
 * or selected on one lights up on all), the flow of documents between their topics, and their measures.
 */
export async function exportCompareHtml(file: string, options: CompareHtmlOptions): Promise<void> {
  const pieces = await pagePieces({
    title: options.name,
    data: compareData(options),
    script: 'compare.js',
    language: options.language,
  });
  await writeTextFile(file, pieces, options.signal);
}

function* compareData({
  name,
  ids,
  texts,
  variants,
  agreement,
  flow,
  characters = 160,
}: CompareHtmlOptions): Generator<string> {
  yield `{"name":${scriptJson(name)},"agreement":${scriptJson(agreement)},"flow":${scriptJson(inThemes(flow))},"variants":[`;
  for (const [i, variant] of variants.entries()) {
    const { topics, map, ...rest } = variant;
    const shown = topics.map(({ id, name: title, count }) => ({ id, name: title, count }));
    yield `${i ? ',' : ''}${scriptJson({ ...rest, map: inThemes(map), topics: shown })}`;
  }
  yield `],"ids":${scriptJson(ids)},"texts":[`;
  for (const [i, text] of texts.entries())
    yield `${i ? ',' : ''}${scriptJson(beginning(text, characters).replace(/\s+/g, ' '))}`;
  yield ']}';
}
