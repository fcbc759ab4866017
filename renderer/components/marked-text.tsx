import { useMemo } from 'react';

/** Longer texts are shown in pieces: a browser lays out five million characters in seconds. */
export const shownAtOnce = 200_000;

/** So many marks are laid out; a text that has more is one word over and over. */
const mostMarks = 2000;

/**
 * Text with words marked. It stays text whatever it holds: React escapes it, control characters are shown as the
 * replacement character, and words are matched as words of the text's own script.
 */
export function MarkedText({
  text,
  words,
  upTo = shownAtOnce,
}: {
  text: string;
  words: readonly string[];
  upTo?: number;
}): React.ReactNode {
  const parts = useMemo(() => mark(clean(text.slice(0, upTo)), words), [text, words, upTo]);
  return (
    <>
      {parts.map((part, k) => (part.marked ? <mark key={k}>{part.text}</mark> : part.text))}
      {text.length > upTo && '…'}
    </>
  );
}

/** Everything below space but tab and line ends: NUL and its like have no glyph. */
export function clean(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd');
}

export function mark(text: string, words: readonly string[]): { text: string; marked: boolean }[] {
  const wanted = words.filter((word) => word.trim() !== '');
  if (wanted.length === 0) return [{ text, marked: false }];
  // Longer ones first: "space shuttle" before "space".
  const patterns = [...wanted].sort((a, b) => b.length - a.length).map(patternOf);
  const pattern = new RegExp(patterns.join('|'), 'giu');
  const parts: { text: string; marked: boolean }[] = [];
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    if (match[0] === '') continue;
    if (parts.length >= 2 * mostMarks) break;
    if (match.index > last) parts.push({ text: text.slice(last, match.index), marked: false });
    parts.push({ text: match[0], marked: true });
    last = match.index + match[0].length;
  }
  if (last < text.length) parts.push({ text: text.slice(last), marked: false });
  return parts;
}

function patternOf(word: string): string {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  // Scripts without spaces have no word boundary to ask for.
  const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(word);
  return unspaced ? escaped : `(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`;
}
