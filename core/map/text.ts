/**
 * Plotly reads labels and hover texts as a small HTML (b, i, br, a, sub …) with entities: what a document says must be
 * shown, not read. A zero-width joiner and other scripts pass; control characters (NUL among them) don't.
 */
export function plotlyText(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(controls, ' ');
}

/* eslint-disable no-control-regex */
const special = /[&<>\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
/* eslint-enable no-control-regex */

/** The first characters of a text on one line, never half a surrogate pair. */
export function beginning(text: string, characters: number): string {
  // White space folds, so more is read than is shown; but not all of a text of megabytes.
  const line = text
    .slice(0, characters * 2 + 64)
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (line.length <= characters) return line;
  return `${line.slice(0, characters).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A text as a hover label: its beginning, broken into lines, escaped. */
export function hoverText(text: string, characters = 160, width = 56): string {
  const line = beginning(text, characters);
  let label = '';
  let at = 0;
  while (line.length - at > width) {
    let end = line.lastIndexOf(' ', at + width);
    // A word longer than a line is cut, but not within a character.
    if (end <= at) end = at + width - (/[\ud800-\udbff]/.test(line[at + width - 1]) ? 1 : 0);
    label += `${plotlyText(line.slice(at, end))}<br>`;
    at = line[end] === ' ' ? end + 1 : end;
  }
  return label + plotlyText(line.slice(at));
}
