import type { Keyword } from '../stages.ts';

/** Name of the documents in no topic. */
export const OUTLIERS = 'Outliers';

/**
 * A topic's name: its first four keywords joined by " · ". A keyword that is another form of one already in the name
 * ("games" beside "game", "ice" beside "ice hockey") makes room for the next, where there is a next.
 */
export function topicName(topic: number, keywords: readonly Keyword[]): string {
  if (topic < 0) return OUTLIERS;
  const words = keywords.map((k) => k.keyword);
  const chosen: string[] = [];
  for (const word of words)
    if (chosen.length < 4 && !chosen.some((other) => sameWord(word, other))) chosen.push(word);
  return chosen.length > 0 ? chosen.join(' · ') : `Topic ${topic}`;
}

/** Whether two keywords differ only by an ending of one or two letters, or one phrase holds the other. */
function sameWord(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.includes(' ')) return long.split(' ').includes(short) || stem(short) === stem(long);
  return stem(short) === stem(long);
}

/** Without an English-like plural ending; enough to see that two words of one list are forms of one word. */
function stem(word: string): string {
  if (word.length < 4) return word;
  return word
    .replace(/ies$/, 'y')
    .replace(/(?<=[sxz]|[cs]h)es$/, '')
    .replace(/(?<=[^s])s$/, '');
}
