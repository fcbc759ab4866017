/** What a character is to the tokeniser. */
export const SEPARATOR = 0;
/** A word character of Python's `\w`: letters, numbers of all kinds, the underscore. */
export const WORD = 1;
/** A combining mark: part of a word in real scripts, a separator to Python's `\w`. */
export const MARK = 2;
/** A letter (or mark) of a script that is written without spaces between words. */
export const SPACELESS = 3;

const word = /^[\p{L}\p{N}_]$/u;
const mark = /^\p{M}$/u;
const spaceless =
  /^(?=[\p{L}\p{M}\p{Nl}])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]$/u;

const UNKNOWN = 255;
const table = new Uint8Array(65536).fill(UNKNOWN);
const astral = new Map<number, number>();

function classify(codePoint: number): number {
  const c = String.fromCodePoint(codePoint);
  if (spaceless.test(c)) return SPACELESS;
  if (word.test(c)) return WORD;
  return mark.test(c) ? MARK : SEPARATOR;
}

/** Class of a UTF-16 unit outside the surrogates. */
export function classOfUnit(unit: number): number {
  const known = table[unit];
  if (known !== UNKNOWN) return known;
  return (table[unit] = classify(unit));
}

/** Class of a character beyond the basic plane. */
export function classOfAstral(codePoint: number): number {
  let known = astral.get(codePoint);
  if (known === undefined) astral.set(codePoint, (known = classify(codePoint)));
  return known;
}

for (let unit = 0; unit < 128; unit++) classOfUnit(unit);
