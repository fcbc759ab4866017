import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { assetPath } from '../base/paths.ts';
import type { PlotlyFigure } from '../protocol.ts';
import { plotlySource } from './drawing-library.ts';
import { reportData, type ReportOptions } from './report-data.ts';
import { writeTextFile } from './text-file.ts';
import type { ProjectView } from './view.ts';

export interface HtmlOptions extends ReportOptions {
  /** The topic map (core/map `topicMap`). */
  readonly map: PlotlyFigure;
  /** Further figures below it, by title. */
  readonly figures?: readonly { readonly title: string; readonly figure: PlotlyFigure }[];
  /** The theme that the figures were made for. */
  readonly theme?: 'light' | 'dark';
  readonly signal?: AbortSignal;
}

/**
 * Writes a report as one HTML file that opens offline: the map, the topics with their keywords, documents of each topic.
 * Nothing is loaded and nothing sent: its policy allows three scripts by their hashes and no connection. Documents'
 * texts travel as JSON and become text nodes, never HTML.
 */
export async function exportHtml(view: ProjectView, file: string, options: HtmlOptions): Promise<void> {
  await writeTextFile(file, await htmlPieces(view, options), options.signal);
}

/** The report in pieces, for a file or an archive. */
export async function htmlPieces(view: ProjectView, options: HtmlOptions): Promise<string[]> {
  const [plotly, script, style] = await Promise.all([
    plotlySource(),
    readFile(assetPath('report', 'report.js'), 'utf8'),
    readFile(assetPath('report', 'report.css'), 'utf8'),
  ]);
  const scripts = [plotly, script].map(normalised);
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(hashSource).join(' ')}`,
    // Plotly writes styles into the page; a style can't run anything, and no address may be loaded from one.
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    `<!doctype html>\n<html lang="en" data-theme="${options.theme ?? 'light'}">\n<head>\n<meta charset="utf-8">\n`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
    '<meta name="referrer" content="no-referrer">\n',
    `<title>${escapeHtml(view.name)} · MoETopic</title>\n<style>\n${normalised(style)}</style>\n</head>\n<body>\n`,
    '<div id="report"></div>\n<noscript>This report draws its figures with a script of its own; allow it to run.</noscript>\n',
    '<script id="data" type="application/json">',
    ...reportData(view, options.map, options.figures ?? [], options),
    '</script>\n',
    ...scripts.flatMap((source) => ['<script>', source, '</script>\n']),
    '</body>\n</html>\n',
  ];
}

/** The page's parser turns CR LF into LF before the hash is taken. */
function normalised(source: string): string {
  if (/<\/(script|style)|<!--/i.test(source))
    throw new Error('A script of the report would end its own element.');
  return source.replaceAll(/\r\n?/g, '\n');
}

function hashSource(source: string): string {
  return `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
}

/** Text as HTML text or the value of a quoted attribute. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll('\0', '\ufffd').replaceAll(/[&<>"']/g, (c) => names[c]);
}
