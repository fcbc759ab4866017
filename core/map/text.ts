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

/** Stands between the keywords of a topic's name. */
const separator = ' · ';

/** A topic's name as a label: as many of its keywords as fit whole, or its beginning when it has none. */
export function shortLabel(name: string, characters: number): string {
  if (name.length <= characters || !name.includes(separator)) return beginning(name, characters);
  let label = '';
  for (const word of name.split(separator)) {
    const longer = label === '' ? word : label + separator + word;
    if (longer.length > characters) break;
    label = longer;
  }
  return label === '' ? beginning(name, characters) : beginning(label, characters);
}

/** A name for several topics: the first keyword of each of the first three. */
export function joinedLabel(names: readonly string[], characters: number): string {
  const words = new Set(names.slice(0, 3).map((name) => name.split(separator)[0]));
  return shortLabel([...words].join(separator), characters);
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
