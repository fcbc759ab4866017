import { ModelError } from '../../base/errors.ts';
import { AddedTokens } from './added-tokens.ts';
import { bpeModel } from './bpe.ts';
import type { Json } from './json.ts';
import { normaliserOf } from './normalise.ts';
import { aroundOf, type Around } from './post-process.ts';
import { preTokeniserOf, type PreTokeniser } from './pre-tokenise.ts';
import { addedTokensOf } from './settings.ts';
import { unigramModel } from './unigram.ts';
import { type PieceModel } from './vocabulary.ts';
import { wordLevelModel, wordPieceModel } from './word-piece.ts';

/**
 * A tokenizer.json, step by step as the crate tokenizers 0.23 computes it: added tokens, normaliser, pre-tokeniser, model, special tokens.
 * Truncation and padding in the file are left out: both are the caller's.
 */
export class Pipeline {
  readonly around: Around;
  private readonly added: AddedTokens;
  private readonly preTokenise: PreTokeniser;
  private readonly model: PieceModel;
  private readonly pieces: Map<number, string>;

  /**
   * @param config tokenizer_config.json
   * @throws ModelError for a part that is not known or damaged.
   */
  constructor(json: Json, config: Json) {
    this.model = modelOf((json.model ?? {}) as Json);
    const added = addedTokensOf(json, config, this.model.vocabulary);
    this.preTokenise = preTokeniserOf(json.pre_tokenizer as Json | null);
    const idOf = (token: string): number | undefined =>
      added.find((t) => t.content === token)?.id ?? this.model.vocabulary.get(token);
    this.around = aroundOf(json.post_processor as Json | null, idOf);
    this.added = new AddedTokens(added, normaliserOf(json.normalizer as Json | null), {
      splitSpecial: config.split_special_tokens === true,
    });
    this.pieces = new Map(Array.from(this.model.vocabulary, ([piece, id]) => [id, piece]));
    for (const t of added) this.pieces.set(t.id, t.content);
  }

  /** Token ids of a text, without the special tokens around it. */
  encode(text: string): number[] {
    const ids: number[] = [];
    for (const part of this.added.split(wellFormed(text)))
      if ('id' in part) ids.push(part.id);
      else
        for (const piece of this.preTokenise(part.text, part.from === 0))
          for (const id of this.model.encode(piece)) ids.push(id);
    return ids;
  }

  /** An id as it is written in the vocabulary. */
  piece(id: number): string {
    return this.pieces.get(id) ?? '';
  }
}

/** Half a surrogate pair stands for no character. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

function modelOf(config: Json): PieceModel {
  switch (config.type ?? kindOf(config)) {
    case 'BPE':
      return bpeModel(config);
    case 'Unigram':
      return unigramModel(config);
    case 'WordPiece':
      return wordPieceModel(config);
    case 'WordLevel':
      return wordLevelModel(config);
    default:
      throw new ModelError(
        `tokenizer.json has a model of the type ${JSON.stringify(config.type)}; MoETopic reads BPE, Unigram, WordPiece and WordLevel.`,
      );
  }
}

/** Files from before the type was written. */
function kindOf(config: Json): string {
  if (Array.isArray(config.vocab)) return 'Unigram';
  if (config.merges) return 'BPE';
  return config.continuing_subword_prefix ? 'WordPiece' : 'WordLevel';
}
