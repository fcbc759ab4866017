import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Language } from '../base/language.ts';
import { assetPath } from '../base/paths.ts';
import { plotlySource } from './drawing-library.ts';
import { pageWords } from './page-words.ts';
import { scriptJson } from './report-data.ts';

export interface Page {
  readonly title: string;
  /** JSON that is safe within a script element (`scriptJson`), in pieces. */
  readonly data: Iterable<string>;
  /** The page's own script in assets/report; page.js there, which all pages share, runs before it. */
  readonly script: string;
  readonly language?: Language;
}

/**
 * One HTML file that opens offline, in pieces: Plotly, two scripts of ours, data. Nothing is loaded and nothing sent: its policy
 * allows its scripts by their hashes and no connection.
 */
export async function pagePieces({ title, data, script, language = 'en' }: Page): Promise<string[]> {
  const words = pageWords[language];
  const ours = (file: string): Promise<string> => readFile(assetPath('report', file), 'utf8');
  const [style, ...sources] = await Promise.all([
    ours('report.css'),
    plotlySource(),
    ours('page.js'),
    ours(script),
  ]);
  const scripts = sources.map(normalised);
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
    `<!doctype html>\n<html lang="${language}">\n<head>\n<meta charset="utf-8">\n`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
    '<meta name="referrer" content="no-referrer">\n',
    `<title>${escapeHtml(title)} · MoETopic</title>\n<style>\n${normalised(style)}</style>\n</head>\n<body>\n`,
    `<div id="report"></div>\n<noscript>${escapeHtml(words.noScript)}</noscript>\n`,
    `<script id="words" type="application/json">${scriptJson(words)}</script>\n`,
    '<script id="data" type="application/json">',
    ...data,
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
