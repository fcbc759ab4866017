import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../base/errors.ts';
import { Pipeline } from './tokeniser/pipeline.ts';
import { WordCache } from './word-cache.ts';

/** Token ids of a text, special tokens included. */
export interface Tokenised {
  readonly ids: Int32Array;
  /** Whether the text had more tokens than were asked for. */
  readonly truncated: boolean;
}

interface TokenizerJson {
  model?: { type?: string };
  normalizer?: { type?: string } | null;
  pre_tokenizer?: { type?: string } | null;
  added_tokens?: { content: string; lstrip?: boolean; rstrip?: boolean }[];
}

/** A model's tokeniser. Its ids are those of the reference implementation; long texts are read no further than needed. */
export class TextTokeniser {
  private readonly before: readonly number[];
  private readonly after: readonly number[];
  private readonly words: WordCache | null;

  constructor(
    private readonly pipeline: Pipeline,
    json: TokenizerJson,
  ) {
    this.before = pipeline.around.before;
    this.after = pipeline.around.after;
    // BERT's normaliser and pre-tokeniser never look across white space, so words can be looked up one by one.
    const bert =
      json.model?.type === 'WordPiece' &&
      json.normalizer?.type === 'BertNormalizer' &&
      json.pre_tokenizer?.type === 'BertPreTokenizer' &&
      !(json.added_tokens ?? []).some((t) => /\s/.test(t.content) || t.lstrip || t.rstrip);
    this.words = bert ? new WordCache((word) => this.bare(word)) : null;
  }

  /** Special tokens that every text gets. */
  get specialTokens(): number {
    return this.before.length + this.after.length;
  }

  /**
   * The first tokens of a text, at most `limit` with the special ones.
   */
  encode(text: string, limit: number): Tokenised {
    const room = Math.max(limit - this.specialTokens, 0);
    const { ids, more } = this.first(text, room);
    return { ids: this.wrap(ids), truncated: more };
  }

  /** All tokens of a text in windows of at most `limit` with the special ones. */
  windows(text: string, limit: number): Int32Array[] {
    const room = Math.max(limit - this.specialTokens, 1);
    const { ids } = this.first(text, Infinity);
    const out: Int32Array[] = [];
    for (let at = 0; at === 0 || at < ids.length; at += room) out.push(this.wrap(ids.slice(at, at + room)));
    return out;
  }

  /** Each id as it is written in the vocabulary. */
  pieces(ids: Int32Array): string[] {
    return Array.from(ids, (id) => this.pipeline.piece(id));
  }

  private wrap(ids: readonly number[]): Int32Array {
    return Int32Array.from([...this.before, ...ids, ...this.after]);
  }

  private first(text: string, room: number): { ids: number[]; more: boolean } {
    if (this.words !== null) return this.words.first(text, room);
    for (let length = prefixLength(text, room * 8 + 64); ; length = prefixLength(text, length * 2)) {
      const whole = length >= text.length;
      const ids = this.bare(whole ? text : text.slice(0, length));
      // A margin, so that whatever the cut does to the prefix's last tokens lies behind those that are taken.
      if (whole || ids.length > room + 16)
        return { ids: ids.length > room ? ids.slice(0, room) : ids, more: ids.length > room };
    }
  }

  private bare(text: string): number[] {
    return this.pipeline.encode(text);
  }
}

/** Length of a prefix of about that many UTF-16 units that ends between a word and a space. */
function prefixLength(text: string, about: number): number {
  if (about >= text.length) return text.length;
  for (let i = about; i < text.length; i++) if (text[i] === ' ' && text[i - 1].trim() !== '') return i;
  return text.length;
}

/**
 * Reads tokenizer.json (and tokenizer_config.json where there is one) of a model folder.
 * @throws ModelError when it can't be read or is of a kind that is not supported.
 */
export async function openTokeniser(folder: string): Promise<TextTokeniser> {
  const read = async (name: string): Promise<Record<string, unknown>> => {
    const file = path.join(folder, name);
    try {
      return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    } catch (cause) {
      throw new ModelError(`${file} can't be read; convert or download the model again.`, { cause });
    }
  };
  const json = await read('tokenizer.json');
  const config = await read('tokenizer_config.json').catch(() => ({}));
  try {
    return new TextTokeniser(new Pipeline(json, config), json);
  } catch (cause) {
    const kind = String((json as TokenizerJson).model?.type);
    throw new ModelError(`${folder}: its tokeniser (${kind}) can't be used: ${(cause as Error).message}.`, {
      cause,
    });
  }
}
