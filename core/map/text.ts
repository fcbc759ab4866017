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
  // More than enough for what is shown, so that a text of megabytes isn't searched through.
  const line = text
    .slice(0, characters * 4 + 64)
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (line.length <= characters) return line;
  return `${line.slice(0, characters).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A text as a hover label: its beginning, broken into lines, escaped. */
export function hoverText(text: string, characters = 160, width = 56): string {
  const lines: string[] = [];
  let line = '';
  for (const word of beginning(text, characters).split(' ')) {
    if (line !== '' && line.length + word.length >= width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
    while (line.length > width) {
      const cut = /[\ud800-\udbff]/.test(line[width - 1]) ? width - 1 : width;
      lines.push(line.slice(0, cut));
      line = line.slice(cut);
    }
  }
  if (line !== '') lines.push(line);
  return lines.map(plotlyText).join('<br>');
}
