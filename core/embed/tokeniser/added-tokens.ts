import type { Normaliser } from './normalise.ts';

/** A token that is looked for in the text before anything else. */
export interface AddedToken {
  readonly content: string;
  readonly id: number;
  readonly singleWord: boolean;
  /** Takes the white space before, after it. */
  readonly lstrip: boolean;
  readonly rstrip: boolean;
  /** Looked for in the normalised text. */
  readonly normalized: boolean;
  readonly special: boolean;
}

/** A part of a text: a token's id, or what is left for the model. */
export type Part = { readonly id: number } | { readonly text: string; readonly from: number };

interface Node {
  token: AddedToken | null;
  readonly next: Map<string, Node>;
}

const wordAtStart = /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200c\u200d]/u;
const wordAtEnd = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200c\u200d]$/u;

/** Finds tokens from left to right, the longest at a place (tokenizers' AddedVocabulary::find_matches). */
export class AddedTokens {
  private readonly raw: Node;
  private readonly normalised: Node;

  /** Special tokens go before others: of two that look alike the first is found. */
  constructor(
    tokens: readonly AddedToken[],
    private readonly normalise: Normaliser,
    /** Special tokens in a text are text: they are found, so that nothing within them is, and left to the model. */
    private readonly options: { readonly splitSpecial: boolean },
  ) {
    const ordered = [...tokens.filter((t) => t.special), ...tokens.filter((t) => !t.special)];
    this.raw = trie(ordered.filter((t) => !t.normalized).map((t) => [t.content, t]));
    this.normalised = trie(ordered.filter((t) => t.normalized).map((t) => [normalise(t.content), t]));
  }

  /** Tokens that are not normalised are taken out of the text as it is, the others out of what normalising leaves between them. */
  split(text: string): Part[] {
    return find(text, this.raw, this.options.splitSpecial).flatMap((part): Part[] => {
      if ('id' in part) return [part];
      const normalised = this.normalise(part.text);
      // White space that was stripped from the beginning counts: what follows does not begin where the input does.
      const cut = /^\p{White_Space}/u.test(part.text) && /^[^\p{White_Space}▁]/u.test(normalised) ? 1 : 0;
      return find(normalised, this.normalised, this.options.splitSpecial).map((p) =>
        'id' in p ? p : { text: p.text, from: part.from + p.from + cut },
      );
    });
  }
}

function trie(entries: readonly [string, AddedToken][]): Node {
  const root: Node = { token: null, next: new Map() };
  for (const [text, token] of entries) {
    if (text === '') continue;
    let node = root;
    for (const unit of text.split('')) {
      let child = node.next.get(unit);
      if (!child) node.next.set(unit, (child = { token: null, next: new Map() }));
      node = child;
    }
    node.token ??= token;
  }
  return root;
}

function find(text: string, root: Node, splitSpecial: boolean): Part[] {
  const out: Part[] = [];
  let done = 0;
  const leave = (to: number): void => {
    if (done < to) out.push({ text: text.slice(done, to), from: done });
  };
  if (root.next.size === 0) return text === '' ? [] : [{ text, from: 0 }];
  for (let at = 0; at < text.length;) {
    let node: Node | undefined = root;
    let found: AddedToken | null = null;
    let end = at;
    for (let i = at; i < text.length && (node = node.next.get(text[i])); i++)
      if (node.token) {
        found = node.token;
        end = i + 1;
      }
    if (!found) {
      at++;
      continue;
    }
    const start = at;
    at = end;
    if (splitSpecial && found.special) continue;
    if (found.singleWord && (wordAtEnd.test(text.slice(0, start)) || wordAtStart.test(text.slice(end))))
      continue;
    let from = start;
    let to = end;
    if (found.lstrip) from = Math.max(text.slice(0, start).replace(/\p{White_Space}+$/u, '').length, done);
    if (found.rstrip) to += /^\p{White_Space}*/u.exec(text.slice(end))![0].length;
    leave(from);
    out.push({ id: found.id });
    done = to;
  }
  leave(text.length);
  return out;
}
