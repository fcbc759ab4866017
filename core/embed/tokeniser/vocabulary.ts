import { ModelError } from '../../base/errors.ts';
import type { Json } from './json.ts';

/** A model's pieces and how it takes a text apart. */
export interface PieceModel {
  readonly vocabulary: ReadonlyMap<string, number>;
  /** Token ids of one piece of text as the pre-tokeniser leaves it. */
  encode(text: string): number[];
}

/** `model.vocab` of a tokenizer.json as a map from piece to id. @throws ModelError when it is no object of numbers. */
export function vocabularyOf(config: Json): Map<string, number> {
  const { vocab } = config;
  if (typeof vocab !== 'object' || vocab === null || Array.isArray(vocab))
    throw new ModelError('tokenizer.json has no vocabulary; download it again.');
  const out = new Map<string, number>();
  for (const [piece, id] of Object.entries(vocab)) {
    if (!Number.isSafeInteger(id))
      throw new ModelError(
        `tokenizer.json gives the piece ${JSON.stringify(piece)} no number; it is damaged.`,
      );
    out.set(piece, id as number);
  }
  return out;
}

/** The id of the unknown token. @throws ModelError when the vocabulary lacks it. */
export function unknownId(vocabulary: ReadonlyMap<string, number>, token: string): number {
  const id = vocabulary.get(token);
  if (id === undefined)
    throw new ModelError(
      `tokenizer.json: the unknown token ${JSON.stringify(token)} is not in its own vocabulary; the file is damaged.`,
    );
  return id;
}
