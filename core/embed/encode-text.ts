import { type Prompt } from './prompt.ts';
import { type TextTokeniser } from './tokenise.ts';

/** A document as the model reads it: one list of ids, or several where a long one is read in chunks. */
export interface EncodedText {
  readonly chunks: readonly Int32Array[];
  readonly truncated: boolean;
}

export interface EncodeOptions {
  readonly prompt: Prompt;
  readonly maxTokens: number;
  readonly long: 'truncate' | 'chunk';
}

/**
 * Token ids of a document inside its prompt. What is too long is cut from the document, never from the prompt.
 * An empty document has no chunks.
 */
export function encodeText(tokeniser: TextTokeniser, document: string, options: EncodeOptions): EncodedText {
  if (document.trim() === '') return { chunks: [], truncated: false };
  const { prompt, maxTokens, long } = options;
  const text = prompt.prepare(document);
  if (prompt.tail === '') return withoutTail(tokeniser, prompt.head, text, maxTokens, long);
  const whole = tokeniser.encode(prompt.head + text + prompt.tail, maxTokens);
  if (!whole.truncated) return { chunks: [whole.ids], truncated: false };
  const chunks: Int32Array[] = [];
  let rest = text;
  do {
    const length = longestPrefix(tokeniser, prompt, rest, maxTokens);
    chunks.push(tokeniser.encode(prompt.head + rest.slice(0, length) + prompt.tail, maxTokens).ids);
    rest = rest.slice(Math.max(length, 1));
  } while (long === 'chunk' && rest.trim() !== '');
  return { chunks, truncated: long === 'truncate' };
}

/** Cutting tokens off the end cuts the document. */
function withoutTail(
  tokeniser: TextTokeniser,
  head: string,
  text: string,
  maxTokens: number,
  long: EncodeOptions['long'],
): EncodedText {
  const { ids, truncated } = tokeniser.encode(head + text, maxTokens);
  if (!truncated || long === 'truncate') return { chunks: [ids], truncated };
  // A head is repeated before every chunk, so its tokens are taken from the room.
  if (head === '') return { chunks: tokeniser.windows(text, maxTokens), truncated: false };
  const chunks: Int32Array[] = [];
  const prompt: Prompt = { head, tail: '', prepare: (t) => t };
  for (let rest = text; rest.trim() !== '';) {
    const length = Math.max(longestPrefix(tokeniser, prompt, rest, maxTokens), 1);
    chunks.push(tokeniser.encode(head + rest.slice(0, length), maxTokens).ids);
    rest = rest.slice(length);
  }
  return { chunks, truncated: false };
}

/** UTF-16 units of the longest prefix that fits inside the prompt (by bisection: more text never has fewer tokens). Surrogate pairs stay whole. */
function longestPrefix(tokeniser: TextTokeniser, prompt: Prompt, text: string, maxTokens: number): number {
  const fits = (length: number): boolean =>
    !tokeniser.encode(prompt.head + text.slice(0, length) + prompt.tail, maxTokens).truncated;
  let low = 0;
  let high = Math.min(text.length, maxTokens * 8);
  while (high < text.length && fits(high)) {
    low = high;
    high = Math.min(text.length, high * 2);
  }
  if (fits(high)) low = high;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  const code = text.charCodeAt(low - 1);
  return code >= 0xd800 && code < 0xdc00 ? low - 1 : low;
}
