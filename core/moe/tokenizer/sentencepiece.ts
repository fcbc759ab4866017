import { ModelError } from '../../base/errors.ts';
import { protobufFields } from '../checkpoint/protobuf-reader.ts';

/** Kinds of pieces (sentencepiece_model.proto, ModelProto.SentencePiece.Type). */
export const kinds = { normal: 1, unknown: 2, control: 3, userDefined: 4, byte: 6 } as const;

export interface Piece {
  readonly text: string;
  readonly score: number;
  readonly kind: number;
}

/** What a tokenizer.model says (https://github.com/google/sentencepiece, sentencepiece_model.proto). */
export interface SentencePieceModel {
  readonly pieces: readonly Piece[];
  readonly kind: 'unigram' | 'bpe';
  readonly byteFallback: boolean;
  /** Special pieces: their ids (−1 for none) and what the model calls them. */
  readonly bos: SpecialPiece;
  readonly eos: SpecialPiece;
  readonly unknown: SpecialPiece;
  /** Rules of normalisation, compiled; empty for none. */
  readonly charsMap: Uint8Array;
}

export interface SpecialPiece {
  readonly id: number;
  readonly text: string;
}

/** @throws ModelError when the bytes are no SentencePiece model, or one of words or characters. */
export function readSentencePiece(bytes: Uint8Array, what = 'tokenizer.model'): SentencePieceModel {
  const pieces: Piece[] = [];
  const trainer = new Map<number, number | string>();
  let charsMap = new Uint8Array(0);
  const text = new TextDecoder();
  for (const { number, value } of protobufFields(bytes, what)) {
    if (typeof value === 'number') continue;
    if (number === 1) pieces.push(pieceOf(value, what));
    if (number === 2)
      for (const f of protobufFields(value, what))
        trainer.set(f.number, typeof f.value === 'number' ? f.value : text.decode(f.value));
    if (number === 3)
      for (const f of protobufFields(value, what))
        if (f.number === 2 && typeof f.value !== 'number') charsMap = Uint8Array.from(f.value);
  }
  const type = trainer.get(3) ?? 1;
  if (pieces.length === 0 || (type !== 1 && type !== 2))
    throw new ModelError(
      `${what} is ${pieces.length === 0 ? 'no SentencePiece model' : 'a SentencePiece model of words or characters'}; MoETopic reads those of type unigram and BPE.`,
    );
  const special = (id: number, otherwise: number, piece: number, called: string): SpecialPiece => ({
    id: Number(trainer.get(id) ?? otherwise),
    text: String(trainer.get(piece) ?? called),
  });
  return {
    pieces,
    kind: type === 1 ? 'unigram' : 'bpe',
    byteFallback: trainer.get(35) === 1,
    unknown: special(40, 0, 45, '<unk>'),
    bos: special(41, 1, 46, '<s>'),
    eos: special(42, 2, 47, '</s>'),
    charsMap,
  };
}

function pieceOf(bytes: Uint8Array, what: string): Piece {
  let text = '';
  let score = 0;
  let kind: number = kinds.normal;
  for (const { number, value } of protobufFields(bytes, what)) {
    if (number === 1 && typeof value !== 'number') text = new TextDecoder().decode(value);
    if (number === 2 && typeof value === 'number') score = value;
    if (number === 3 && typeof value === 'number') kind = value;
  }
  return { text, score, kind };
}
