import { ModelError } from '../../base/errors.ts';
import { protobufFields } from './protobuf-reader.ts';

/** Kinds of pieces (sentencepiece_model.proto, ModelProto.SentencePiece.Type). */
const kinds = { normal: 1, unknown: 2, control: 3, userDefined: 4, byte: 6 } as const;

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
  readonly bos: number;
  readonly eos: number;
  readonly unknown: number;
  /** Rules of normalisation, compiled; empty for none. */
  readonly charsMap: Uint8Array;
  readonly dummyPrefix: boolean;
  readonly collapseSpaces: boolean;
}

/** @throws ModelError when the bytes are no SentencePiece model, or one of words or characters. */
export function readSentencePiece(bytes: Uint8Array, what = 'tokenizer.model'): SentencePieceModel {
  const pieces: Piece[] = [];
  const trainer = new Map<number, number>();
  let charsMap = new Uint8Array(0);
  const normaliser = new Map<number, number>();
  for (const { number, value } of protobufFields(bytes, what)) {
    if (typeof value === 'number') continue;
    if (number === 1) pieces.push(pieceOf(value, what));
    if (number === 2)
      for (const f of protobufFields(value, what))
        if (typeof f.value === 'number') trainer.set(f.number, f.value);
    if (number === 3)
      for (const f of protobufFields(value, what)) {
        if (typeof f.value === 'number') normaliser.set(f.number, f.value);
        else if (f.number === 2) charsMap = Uint8Array.from(f.value);
      }
  }
  const type = trainer.get(3) ?? 1;
  if (pieces.length === 0 || (type !== 1 && type !== 2))
    throw new ModelError(
      `${what} is ${pieces.length === 0 ? 'no SentencePiece model' : 'a SentencePiece model of words or characters'}; MoETopic reads those of type unigram and BPE.`,
    );
  return {
    pieces,
    kind: type === 1 ? 'unigram' : 'bpe',
    byteFallback: trainer.get(35) === 1,
    unknown: trainer.get(40) ?? 0,
    bos: trainer.get(41) ?? 1,
    eos: trainer.get(42) ?? 2,
    charsMap,
    dummyPrefix: (normaliser.get(3) ?? 1) === 1,
    collapseSpaces: (normaliser.get(4) ?? 1) === 1,
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

/** Which special tokens surround a text. */
export interface SpecialTokens {
  readonly bos: boolean;
  readonly eos: boolean;
}

/**
 * The same tokeniser as a tokenizer.json. For BPE the merges are all pairs of pieces whose union is a piece, best score first
 * (as transformers' SentencePieceExtractor finds them).
 */
export function sentencePieceToJson(m: SentencePieceModel, special: SpecialTokens): Record<string, unknown> {
  const token = (id: number): string => m.pieces[id]?.text ?? '';
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: m.pieces.flatMap((p, id) =>
      p.kind === kinds.control || p.kind === kinds.unknown || p.kind === kinds.userDefined
        ? [
            {
              id,
              content: p.text,
              single_word: false,
              lstrip: false,
              rstrip: false,
              normalized: false,
              special: p.kind !== kinds.userDefined,
            },
          ]
        : [],
    ),
    normalizer: normaliserOf(m),
    pre_tokenizer:
      m.kind === 'unigram'
        ? {
            type: 'Metaspace',
            replacement: '▁',
            prepend_scheme: m.dummyPrefix ? 'always' : 'never',
            split: true,
          }
        : null,
    post_processor: templateOf(
      special.bos && m.bos >= 0 ? [token(m.bos), m.bos] : null,
      special.eos && m.eos >= 0 ? [token(m.eos), m.eos] : null,
    ),
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        { type: 'Strip', content: ' ', start: 1, stop: 0 },
      ],
    },
    model: m.kind === 'bpe' ? bpeOf(m) : unigramOf(m),
  };
}

function normaliserOf(m: SentencePieceModel): unknown {
  const steps: unknown[] = [];
  if (m.charsMap.length > 0)
    steps.push({ type: 'Precompiled', precompiled_charsmap: Buffer.from(m.charsMap).toString('base64') });
  if (m.collapseSpaces) {
    steps.push({ type: 'Strip', strip_left: true, strip_right: true });
    steps.push({ type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' });
  }
  if (m.kind === 'bpe') {
    if (m.dummyPrefix) steps.push({ type: 'Prepend', prepend: '▁' });
    steps.push({ type: 'Replace', pattern: { String: ' ' }, content: '▁' });
  }
  return { type: 'Sequence', normalizers: steps };
}

function templateOf(bos: [string, number] | null, eos: [string, number] | null): unknown {
  const around = (sequence: string, type: number): unknown[] => [
    ...(bos ? [{ SpecialToken: { id: bos[0], type_id: type } }] : []),
    { Sequence: { id: sequence, type_id: type } },
    ...(eos ? [{ SpecialToken: { id: eos[0], type_id: type } }] : []),
  ];
  if (!bos && !eos) return null;
  return {
    type: 'TemplateProcessing',
    single: around('A', 0),
    pair: [...around('A', 0), ...around('B', 1)],
    special_tokens: Object.fromEntries(
      [bos, eos].flatMap((t) => (t ? [[t[0], { id: t[0], ids: [t[1]], tokens: [t[0]] }]] : [])),
    ),
  };
}

function unigramOf(m: SentencePieceModel): unknown {
  return {
    type: 'Unigram',
    unk_id: m.unknown,
    vocab: m.pieces.map((p) => [p.text, p.score]),
    byte_fallback: m.byteFallback,
  };
}

function bpeOf(m: SentencePieceModel): unknown {
  const vocab = new Map(m.pieces.map((p, id) => [p.text, id]));
  const merges: { left: string; right: string; score: number; order: number[] }[] = [];
  for (const p of m.pieces) {
    if (p.kind !== kinds.normal && p.kind !== kinds.userDefined) continue;
    const characters = Array.from(p.text);
    for (let i = 1; i < characters.length; i++) {
      const left = characters.slice(0, i).join('');
      const right = characters.slice(i).join('');
      const l = vocab.get(left);
      const r = vocab.get(right);
      if (l !== undefined && r !== undefined)
        merges.push({ left, right, score: p.score, order: [i, characters.length - i, l, r] });
    }
  }
  merges.sort(
    (a, b) =>
      b.score - a.score ||
      b.order[0] - a.order[0] ||
      b.order[1] - a.order[1] ||
      a.order[2] - b.order[2] ||
      a.order[3] - b.order[3],
  );
  return {
    type: 'BPE',
    dropout: null,
    unk_token: m.pieces[m.unknown]?.text ?? null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: true,
    byte_fallback: m.byteFallback,
    ignore_merges: false,
    vocab: Object.fromEntries(vocab),
    merges: merges.map((x) => [x.left, x.right]),
  };
}
