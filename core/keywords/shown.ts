/**
 * Which terms are counted but not shown as keywords. The rules look at how a token stands in the text, not at lists of
 * words, so that they hold for any corpus; a term is hidden when most of its occurrences break one of them.
 *  - a piece of a contraction: "don" before "'t", "ve" after "we'";
 *  - a piece of an address or file name: beside "@", or after a point within one word ("cs.cmu.edu");
 *  - a piece of a web address: "https" before "://", whatever comes after it up to a space, "www" before a point;
 *  - markup: after a backslash ("\mathbb"), a tag's name ("<br") or attributes ('<p class="lead">'), a character's ("&amp;", and
 *    "quot;" of which some cleaning left the "&" out);
 *  - data, not words: inside a run of more than 40 characters without a space (encoded files, long paths);
 *  - no letter in it (numbers, rulers of underscores), underscores at its ends, one character repeated.
 * c-TF-IDF's numbers are those of all terms, hidden or not, and so equal scikit-learn's and BERTopic's.
 */
/** Occurrences of each term that are looked at. */
export const LOOKED_AT = 64;
const LONGEST_RUN = 40;
const LONGEST_TAG = 200;
const CHARACTERS = new Set('amp apos gt hellip ldquo lsquo lt mdash nbsp ndash quot rdquo rsquo'.split(' '));

const isApostrophe = (unit: number): boolean => unit === 39 || unit === 0x2019;
/** A rough test for letters and digits that is enough beside punctuation. */
const isWordUnit = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || unit > 127;

/** Whether the token text[start, end) of a lower-case text is a piece of something that is no word. */
export function isPiece(text: string, start: number, end: number): boolean {
  const before = start > 0 ? text.charCodeAt(start - 1) : 32;
  const after = end < text.length ? text.charCodeAt(end) : 32;
  if (before === 64 || after === 64 || before === 92) return true;
  if (before === 60 || (before === 47 && start > 1 && text.charCodeAt(start - 2) === 60)) return true;
  if (after === 59 && (before === 38 || CHARACTERS.has(text.slice(start, end)))) return true;
  if (before === 46 && start > 1 && isWordUnit(text.charCodeAt(start - 2))) return true;
  if (isApostrophe(before) && end - start < 3 && start > 1 && isWordUnit(text.charCodeAt(start - 2)))
    return true;
  if (
    isApostrophe(after) &&
    text.charCodeAt(end - 1) === 110 &&
    text.charCodeAt(end + 1) === 116 &&
    !(end + 2 < text.length && isWordUnit(text.charCodeAt(end + 2)))
  )
    return true;
  return insideTag(text, start, end) || insideRun(text, start, end);
}

/** Behind the name of a tag that is opened before and closed after, none between: "a <b and c> d" is one, "a < b and c > d" isn't. */
function insideTag(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - LONGEST_TAG), start);
  const open = before.lastIndexOf('<');
  if (open < 0 || before.includes('>', open) || !/[a-z/!]/.test(before[open + 1] ?? '')) return false;
  const after = text.slice(end, end + LONGEST_TAG);
  const close = after.indexOf('>');
  return close >= 0 && !after.slice(0, close).includes('<');
}

/** Inside an address, or inside data. */
function insideRun(text: string, start: number, end: number): boolean {
  // A script without spaces has long runs of its own.
  if (text.charCodeAt(start) > 0x0e00) return false;
  let from = start;
  while (from > 0 && text.charCodeAt(from - 1) > 32 && end - from <= LONGEST_RUN) from--;
  let to = end;
  while (to < text.length && text.charCodeAt(to) > 32 && to - from <= LONGEST_RUN) to++;
  if (to - from > LONGEST_RUN) return true;
  return (
    text.startsWith('://', end) || text.startsWith('www.', start) || text.slice(from, start).includes('://')
  );
}

/** Whether a word is never shown, whatever stands beside it. */
export function isNoWord(word: string): boolean {
  return !/\p{L}/u.test(word) || /^_|_$/.test(word) || /^(.)\1*$/u.test(word);
}

/**
 * A test for contractions written without their apostrophe: "dont" where "don" is a piece.
 * @param pieces words that mostly stand as pieces.
 */
export function bareContractions(pieces: readonly string[]): (word: string) => boolean {
  const known = new Set(pieces.filter((text) => text.endsWith('n') && text.length > 2));
  return (word) => word.endsWith('nt') && known.has(word.slice(0, -1));
}
