import type { Strip } from './params.ts';

/**
 * Leaves out what gives a newsgroup post away without being its subject. The rules and their order are those of
 * scikit-learn's `fetch_20newsgroups(remove=('headers', 'footers', 'quotes'))` (sklearn/datasets/_twenty_newsgroups.py), so
 * that results can be compared with published ones.
 */
export function stripPost(text: string, parts: readonly Strip[]): string {
  let left = text;
  if (parts.includes('headers')) left = withoutHeader(left);
  if (parts.includes('footers')) left = withoutFooter(left);
  if (parts.includes('quotes')) left = withoutQuotes(left);
  return left;
}

/** What follows the first blank line, also one that ends as e-mail's do; nothing where there is none. */
function withoutHeader(text: string): string {
  const blank = /\n\r?\n/.exec(text);
  return blank === null ? '' : text.slice(blank.index + blank[0].length);
}

/** What stands before the last line that is blank or made of hyphens (a signature's rule); all of it where that line is the first. */
function withoutFooter(text: string): string {
  const lines = trim(text).split('\n');
  let rule = lines.length - 1;
  while (rule > 0 && !/^-*$/.test(trim(lines[rule]))) rule--;
  return rule > 0 ? lines.slice(0, rule).join('\n') : text;
}

const quoting = /(?:writes in|writes:|wrote:|says:|said:|^In article|^Quoted from|^\||^>)/;

/** The lines that neither quote nor announce a quotation. */
function withoutQuotes(text: string): string {
  return text
    .split('\n')
    .filter((line) => !quoting.test(line))
    .join('\n');
}

/** Removes outer white space as Python's str.strip sees it. */
function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

/** Unlike JavaScript, Python counts the separators 0x1c to 0x1f and 0x85, and not the byte order mark. */
function isSpace(code: number): boolean {
  if (code < 0x80) return (code >= 9 && code <= 13) || (code >= 0x1c && code <= 0x20);
  return code === 0x85 || (code !== 0xfeff && String.fromCharCode(code).trim() === '');
}

/** Whether texts look like posts or e-mails with their headers: most begin with lines such as "From: …". */
export function looksLikePosts(texts: readonly string[]): boolean {
  if (texts.length === 0) return false;
  return texts.filter(hasHeader).length > texts.length / 2;
}

function hasHeader(text: string): boolean {
  if (/^(From|Subject|Newsgroups|Path|Xref|Organization|Message-ID): /.test(text)) return true;
  // An e-mail begins with what its way added; what its sender wrote comes lines later.
  if (!/^(From \S+@|[A-Z][A-Za-z-]+: )/.test(text)) return false;
  const header = text.slice(0, 8000).split(/\n\r?\n/, 1)[0];
  return /^From: /im.test(header) && /^(Subject|Date|Message-ID): /im.test(header);
}
