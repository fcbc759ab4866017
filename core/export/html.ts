import type { Language } from '../base/language.ts';
import type { ThemedFigure } from '../protocol.ts';
import { pagePieces } from './page.ts';
import { reportData, type ReportOptions } from './report-data.ts';
import { writeTextFile } from './text-file.ts';
import { toldReasons } from './told-reasons.ts';
import type { ProjectView } from './view.ts';

export interface HtmlOptions extends ReportOptions {
  /** The topic map (core/map `topicMaps`). */
  readonly map: ThemedFigure;
  /** Further figures below it, by title. */
  readonly figures?: readonly { readonly title: string; readonly figure: ThemedFigure }[];
  /** The language that the figures were made in. */
  readonly language?: Language;
  readonly signal?: AbortSignal;
}

/**
 * Writes a report as one HTML file that opens offline: the map, the topics with their keywords, documents of each topic.
 * It is light or dark as the reader's system is, and light on paper.
 * Documents' texts travel as JSON and become text nodes, never HTML.
 */
export async function exportHtml(view: ProjectView, file: string, options: HtmlOptions): Promise<void> {
  await writeTextFile(file, await htmlPieces(view, options), options.signal);
}

/** The report in pieces, for a file or an archive. */
export async function htmlPieces(view: ProjectView, options: HtmlOptions): Promise<string[]> {
  const { map, figures = [], language = 'en' } = options;
  const reasons = await toldReasons(view.reasons, language);
  return pagePieces({
    title: view.name,
    data: reportData(view, map, figures, reasons, options),
    script: 'report.js',
    language,
  });
}
