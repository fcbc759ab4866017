import { contentOf } from './special-tokens.ts';
import { kinds, type SentencePieceModel } from './sentencepiece.ts';
import { aroundByFlags, withStepsOf } from './steps.ts';
import type { TokenizerClass } from './which-class.ts';

type Json = Record<string, unknown>;

/** A tokenizer.json and the tokenizer_config.json that goes with it. */
export interface TokenizerFiles {
  readonly json: Json;
  readonly config: Json;
}

/**
 * What transformers 5 makes of a SentencePiece model without a tokenizer.json (SentencePieceExtractor, the classes' convert_from_spm and
 * SpmConverter.build_tokenizer_from_spm_proto). The class decides between BPE and Unigram, whatever the model was trained as; without a class
 * spaces become ▁ and nothing is put before a text.
 * @param config as `completedConfig` gives it
 */
export function fromSentencePiece(
  m: SentencePieceModel,
  name: TokenizerClass | null,
  given: Json,
): TokenizerFiles {
  const config: Json = { ...given, extra_special_tokens: extraTokens(m, name, given) };
  const file = { version: '1.0', added_tokens: [], normalizer: precompiled(m), pre_tokenizer: null };
  if (name !== null) {
    const model =
      name === 'LlamaTokenizer' ? bpe(m, {}) : { type: 'Unigram', vocab: unigramVocabulary(m, name, config) };
    const json = withStepsOf(
      name,
      { ...file, model, post_processor: aroundByFlags(model.vocab, config) },
      config,
    );
    return { json, config };
  }
  const named: Json = { ...config };
  for (const [key, piece] of [
    ['bos_token', m.bos],
    ['eos_token', m.eos],
    ['unk_token', m.unknown],
  ] as const)
    if (named[key] === undefined && piece.id >= 0) named[key] = piece.text;
  const fallback = { byte_fallback: m.byteFallback };
  const model =
    m.kind === 'bpe'
      ? {
          ...bpe(m, (config.added_tokens_decoder ?? {}) as Json),
          ...fallback,
          unk_token: m.unknown.text,
          fuse_unk: true,
        }
      : { type: 'Unigram', vocab: pairs(m), unk_id: m.unknown.id, ...fallback };
  const spaces = { type: 'Replace', pattern: { String: ' ' }, content: '▁' };
  const normalizer = {
    type: 'Sequence',
    normalizers: [...(file.normalizer ? [file.normalizer] : []), spaces],
  };
  const json = { ...file, normalizer, model, post_processor: aroundByFlags(model.vocab, named) };
  return { json, config: named };
}

/** Control pieces and those that a user defined, unless the configuration has a list of its own; T5 has its sentinels besides. */
function extraTokens(m: SentencePieceModel, name: TokenizerClass | null, config: Json): unknown {
  const given = config.extra_special_tokens;
  if (given !== undefined && (Array.isArray(given) || given === null)) return given;
  const own: Json[] = m.pieces
    .filter((p) => p.kind === kinds.control || p.kind === kinds.userDefined)
    .map((p) => ({ content: p.text, normalized: false, special: p.kind === kinds.control }));
  if (name === 'T5Tokenizer' && !own.some((t) => contentOf(t).includes('<extra_id_')))
    own.push(...sentinels(config).map((content) => ({ content, normalized: false, special: true })));
  return own;
}

/** T5's `<extra_id_0>` and so on. */
export function sentinels(config: Json): string[] {
  const count = typeof config.extra_ids === 'number' ? config.extra_ids : 100;
  return Array.from({ length: count }, (_, i) => `<extra_id_${i}>`);
}

function precompiled(m: SentencePieceModel): Json | null {
  if (m.charsMap.length === 0) return null;
  return { type: 'Precompiled', precompiled_charsmap: Buffer.from(m.charsMap).toString('base64') };
}

function pairs(m: SentencePieceModel): [string, number][] {
  return m.pieces.map((p) => [p.text, p.score]);
}

/** fairseq's numbers for XLM-RoBERTa: its own special tokens stand before the fourth piece, the mask at the end. */
function unigramVocabulary(m: SentencePieceModel, name: TokenizerClass, config: Json): [string, number][] {
  const special = (key: string): [string, number] => [contentOf(config[key]), 0];
  if (name === 'XLMRobertaTokenizer')
    return [
      ...['bos_token', 'pad_token', 'eos_token', 'unk_token'].map(special),
      ...pairs(m).slice(3),
      special('mask_token'),
    ];
  const extra = sentinels(config).reverse();
  return [...pairs(m), ...extra.map((token): [string, number] => [token, 0])];
}

/**
 * Merges are all pairs of pieces whose union is a piece, by the number of the piece that they make (transformers' generate_merges).
 * @param renamed pieces by their number that have another name
 */
function bpe(m: SentencePieceModel, renamed: Json): Json & { type: string; vocab: Record<string, number> } {
  const vocab = new Map(m.pieces.map((p, id) => [p.text, id]));
  const merges: { left: string; right: string; order: number[] }[] = [];
  for (const [piece, id] of vocab) {
    const characters = Array.from(piece);
    for (let i = 1; i < characters.length; i++) {
      const left = characters.slice(0, i).join('');
      const right = characters.slice(i).join('');
      const l = vocab.get(left);
      const r = vocab.get(right);
      if (l !== undefined && r !== undefined)
        merges.push({ left, right, order: [id, i, characters.length - i, l, r] });
    }
  }
  merges.sort((a, b) => {
    const at = a.order.findIndex((n, k) => n !== b.order[k]);
    return at < 0 ? 0 : a.order[at] - b.order[at];
  });
  for (const [id, token] of Object.entries(renamed)) {
    const piece = m.pieces[Number(id)]?.text;
    const content = contentOf(token);
    if (piece === undefined || vocab.get(piece) !== Number(id) || vocab.has(content)) continue;
    vocab.delete(piece);
    vocab.set(content, Number(id));
  }
  return {
    type: 'BPE',
    vocab: Object.fromEntries(vocab),
    merges: merges.map((x) => [x.left, x.right]),
  };
}
