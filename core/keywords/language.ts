import { stopWordLanguages, stopWordList } from './stop-words.ts';

/** A language and the share of the looked-at documents that are in it. */
export interface LanguageShare {
  readonly code: string;
  readonly share: number;
}

const SAMPLE = 600;
const CHARACTERS = 600;

/** Scripts that settle the language by themselves, and those whose languages are told apart by their stop words. */
const scripts: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Armenian}/gu, 'hy'],
  [/\p{Script=Bengali}/gu, 'bn'],
  [/\p{Script=Gujarati}/gu, 'gu'],
  [/\p{Script=Lao}/gu, 'lo'],
  [/\p{Script=Khmer}/gu, 'km'],
  [/\p{Script=Myanmar}/gu, 'my'],
];
const bySpelling: readonly (readonly [RegExp, readonly string[] | null])[] = [
  [/\p{Script=Latin}/gu, null],
  [/\p{Script=Cyrillic}/gu, ['ru', 'uk', 'bg']],
  [/\p{Script=Arabic}/gu, ['ar', 'fa', 'ur']],
  [/\p{Script=Devanagari}/gu, ['hi', 'mr']],
];
const notLatin = new Set('ar hy bn bg zh el gu he hi ja ko ku mr fa ru th uk ur'.split(' '));

let owners: Map<string, readonly string[]> | null = null;

/** Which languages have a word in their stop list. */
function stopWordOwners(): Map<string, readonly string[]> {
  if (owners) return owners;
  const map = new Map<string, string[]>();
  for (const language of stopWordLanguages())
    for (const word of stopWordList(language)) {
      const list = map.get(word);
      if (list) list.push(language);
      else map.set(word, [language]);
    }
  return (owners = map);
}

const count = (text: string, script: RegExp): number => text.match(script)?.length ?? 0;

/** Points of each language for one text: by script where that settles it, else by hits of stop words (rare ones count more). */
function points(text: string): Map<string, number> {
  const out = new Map<string, number>();
  const letters = count(text, /\p{L}/gu);
  if (letters === 0) return out;
  const kana = count(text, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const han = count(text, /\p{Script=Han}/gu);
  if (kana + han > letters * 0.3) return out.set(kana > (kana + han) * 0.1 ? 'ja' : 'zh', letters);
  for (const [script, language] of scripts)
    if (count(text, script) > letters * 0.3) return out.set(language, letters);
  const spelled = bySpelling.find(([script]) => count(text, script) > letters * 0.5);
  if (!spelled) return out;
  for (const word of text.match(/[\p{L}\p{M}]+/gu) ?? []) {
    const languages = (stopWordOwners().get(word) ?? []).filter((l) =>
      spelled[1] ? spelled[1].includes(l) : !notLatin.has(l),
    );
    for (const language of languages) out.set(language, (out.get(language) ?? 0) + 1 / languages.length);
  }
  return out;
}

/** Codes by falling points, ties by code. */
function ranked(scores: ReadonlyMap<string, number>): [string, number][] {
  return [...scores].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/**
 * Whether texts in Latin letters hold the stop words that any prose does (a headline a tenth, a sentence a third). Bare tags and
 * keywords hold none, and one of them that some language happens to count among its own ("pot" is Romanian) tells nothing.
 */
function isSpoken(language: string, texts: readonly string[]): boolean {
  if (notLatin.has(language)) return true;
  const own = new Set(stopWordList(language));
  let words = 0;
  let hits = 0;
  for (const text of texts)
    for (const word of text.match(/[\p{L}\p{M}]+/gu) ?? []) {
      words++;
      if (own.has(word)) hits++;
    }
  return hits >= words * 0.08;
}

/**
 * The languages of a corpus, by falling share; a look at up to 600 documents spread evenly. A document too short to tell
 * counts for the corpus' main language. English where nothing can be told.
 */
export function detectLanguages(texts: readonly string[]): LanguageShare[] {
  const step = Math.max(1, texts.length / SAMPLE);
  const total = new Map<string, number>();
  const perDocument: Map<string, number>[] = [];
  const looked: string[] = [];
  for (let at = 0; at < texts.length; at += step) {
    const text = texts[Math.floor(at)].slice(0, CHARACTERS).toLowerCase();
    const found = points(text);
    looked.push(text);
    perDocument.push(found);
    const sum = [...found.values()].reduce((a, b) => a + b, 0);
    for (const [language, value] of found) total.set(language, (total.get(language) ?? 0) + value / sum);
  }
  const likeliest = ranked(total)[0]?.[0] ?? 'en';
  const main = isSpoken(likeliest, looked) ? likeliest : 'en';
  const documents = new Map<string, number>();
  for (const found of perDocument) {
    const [best, second] = ranked(found);
    // Two languages with nearly the same hits: too short to tell.
    const sure = best && best[1] >= 2 && (!second || best[1] > second[1] * 1.5);
    const language = sure ? best[0] : main;
    documents.set(language, (documents.get(language) ?? 0) + 1);
  }
  const all = perDocument.length || 1;
  const shares = ranked(documents).map(([code, n]) => ({ code, share: n / all }));
  return shares.length > 0 ? shares : [{ code: main, share: 1 }];
}

/** The languages whose stop words a corpus needs: the main one, and any other with a tenth of the documents. */
export function languagesInUse(asked: string, texts: readonly string[]): string[] {
  if (asked !== 'auto') return [asked];
  const found = detectLanguages(texts);
  return found.filter((l, i) => i === 0 || l.share >= 0.1).map((l) => l.code);
}
