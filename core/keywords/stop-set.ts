import { stopWordsFor } from './stop-words.ts';
import { TokenBuffer, type Tokenizer } from './tokens.ts';

/**
 * The words that are not counted: the list that the parameters name, those that a person added, without those that are counted
 * after all; as the tokeniser would cut them ("qu'il" is two tokens), so that each form in a text meets them.
 * @throws UsageError for stop words that can't be found.
 */
export function stopSet(
  tokenizer: Tokenizer,
  asked: string,
  languages: readonly string[],
  {
    stopWords = [],
    keptWords = [],
  }: { readonly stopWords?: readonly string[]; readonly keptWords?: readonly string[] },
): Set<string> {
  const set = new Set<string>();
  const buffer = new TokenBuffer();
  for (const word of [...stopWordsFor(asked, languages), ...stopWords]) {
    set.add(word);
    const text = tokenizer.prepare(word);
    // BERTopic's preparing would make other words of them ("über" is "ber"), so those stay as they are.
    if ((text === word || tokenizer.rule === 'bertopic') && /^[\p{L}\p{M}\p{N}_]+$/u.test(word)) continue;
    tokenizer.cut(text, buffer);
    for (let t = 0; t < buffer.count; t++) set.add(text.slice(buffer.starts[t], buffer.ends[t]));
  }
  for (const word of keptWords) for (const form of [word, tokenizer.prepare(word)]) set.delete(form);
  return set;
}
