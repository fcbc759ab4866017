/** What becomes of the places where a pattern matches (tokenizers' SplitDelimiterBehavior, in lower case without underscores). */
export type Behaviour = 'isolated' | 'removed' | 'mergedwithprevious' | 'mergedwithnext' | 'contiguous';

interface Piece {
  text: string;
  match: boolean;
}

/** A text cut where a pattern matches; with `invert`, where it doesn't. Empty parts are left out. */
export function splitBy(text: string, pattern: RegExp, behaviour: Behaviour, invert = false): string[] {
  const pieces: Piece[] = [];
  let end = 0;
  let last = -1;
  for (const m of text.matchAll(pattern)) {
    const to = m.index + m[0].length;
    // An empty match right after another one is none, as in Oniguruma.
    if (m[0] === '' && to === last) continue;
    if (m.index > end) pieces.push({ text: text.slice(end, m.index), match: invert });
    pieces.push({ text: m[0], match: !invert });
    end = last = to;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), match: invert });
  return joined(pieces, behaviour).filter((t) => t !== '');
}

function joined(pieces: Piece[], behaviour: Behaviour): string[] {
  if (behaviour === 'isolated') return pieces.map((p) => p.text);
  if (behaviour === 'removed') return pieces.filter((p) => !p.match).map((p) => p.text);
  const out: string[] = [];
  let before = false;
  if (behaviour === 'mergedwithnext') {
    for (const p of pieces.reverse()) {
      if (p.match && !before && out.length > 0) out[out.length - 1] = p.text + out[out.length - 1];
      else out.push(p.text);
      before = p.match;
    }
    return out.reverse();
  }
  for (const p of pieces) {
    const joins = behaviour === 'contiguous' ? p.match === before : p.match && !before;
    if (joins && out.length > 0) out[out.length - 1] += p.text;
    else out.push(p.text);
    before = p.match;
  }
  return out;
}

/** Maximal runs without white space. */
export function words(text: string): string[] {
  return splitBy(text, /\p{White_Space}/gu, 'removed');
}
