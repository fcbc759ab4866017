import { ModelError } from '../../base/errors.ts';
import { bytePieces } from './byte-level.ts';
import type { Json } from './json.ts';
import type { PieceModel } from './vocabulary.ts';

/** An unknown character costs this much more than the rarest piece. */
const unknownPenalty = 10;
const mostKnown = 100_000;
const longestKnown = 64;

interface Node {
  /** The piece that ends here; −1 for none. */
  id: number;
  readonly next: Map<string, Node>;
}

/** The pieces with the largest sum of scores (Kudo 2018, arXiv 1804.10959; tokenizers' Unigram::encode_optimized). */
export function unigramModel(config: Json): PieceModel {
  const { pieces, scores } = readPieces(config);
  const unknown = typeof config.unk_id === 'number' ? config.unk_id : -1;
  const vocabulary = new Map(pieces.map((p, id) => [p, id]));
  const root: Node = { id: -1, next: new Map() };
  for (const [piece, id] of vocabulary) insert(root, piece, id);
  const search: Search = {
    root,
    scores,
    unknown,
    unknownScore: Math.min(...extremes(scores)) - unknownPenalty,
  };
  const bytes = config.byte_fallback === true;
  const known = new Map<string, number[]>();
  const idsOf = (text: string): number[] =>
    bestPath(text, search).flatMap((piece) => {
      const id = vocabulary.get(piece);
      if (id !== undefined) return [id];
      const each = bytes ? bytePieces(piece).map((b) => vocabulary.get(b)) : [undefined];
      if (each.every((b) => b !== undefined)) return each;
      if (unknown < 0) throw new ModelError('tokenizer.json has no unknown piece, but the text needs one.');
      return [unknown];
    });
  return {
    vocabulary,
    encode(text) {
      const before = known.get(text);
      if (before) return before;
      const ids = idsOf(text);
      if (text.length <= longestKnown) {
        if (known.size >= mostKnown) known.clear();
        known.set(text, ids);
      }
      return ids;
    },
  };
}

function readPieces(config: Json): { pieces: string[]; scores: Float64Array } {
  const vocab = Array.isArray(config.vocab) ? (config.vocab as unknown[]) : [];
  const pieces: string[] = [];
  const scores = new Float64Array(vocab.length);
  vocab.forEach((entry, i) => {
    const [piece, score] = Array.isArray(entry) ? (entry as unknown[]) : [];
    if (typeof piece !== 'string' || typeof score !== 'number')
      throw new ModelError(`tokenizer.json: piece ${i} is no text with a score; the file is damaged.`);
    pieces.push(piece);
    scores[i] = score;
  });
  if (pieces.length === 0) throw new ModelError('tokenizer.json has no vocabulary; download it again.');
  return { pieces, scores };
}

function extremes(scores: Float64Array): [number] {
  let least = Infinity;
  for (const s of scores) if (s < least) least = s;
  return [least];
}

function insert(root: Node, piece: string, id: number): void {
  let node = root;
  for (const c of piece) {
    let child = node.next.get(c);
    if (!child) node.next.set(c, (child = { id: -1, next: new Map() }));
    node = child;
  }
  node.id = id;
}

interface Search {
  readonly root: Node;
  readonly scores: Float64Array;
  readonly unknown: number;
  readonly unknownScore: number;
}

/** The texts of the best pieces; neighbouring unknown ones are one. */
function bestPath(text: string, s: Search): string[] {
  const chars = Array.from(text);
  const n = chars.length;
  const score = new Float64Array(n + 1);
  const from = new Int32Array(n + 1).fill(-1);
  const piece = new Int32Array(n + 1);
  const reach = (start: number, end: number, value: number, id: number): void => {
    if (from[end] >= 0 && value <= score[end]) return;
    score[end] = value;
    from[end] = start;
    piece[end] = id;
  };
  for (let start = 0; start < n; start++) {
    let single = false;
    let node: Node | undefined = s.root;
    for (let end = start; end < n; end++) {
      node = node.next.get(chars[end]);
      if (!node) break;
      if (node.id < 0) continue;
      reach(start, end + 1, score[start] + s.scores[node.id], node.id);
      if (end === start) single = true;
    }
    if (!single) {
      if (s.unknown < 0) throw new ModelError('tokenizer.json has no unknown piece, but the text needs one.');
      reach(start, start + 1, score[start] + s.unknownScore, s.unknown);
    }
  }
  const out: string[] = [];
  let end = n;
  while (end > 0) {
    const stop = end;
    do end = from[end];
    while (end > 0 && s.unknown >= 0 && piece[stop] === s.unknown && piece[end] === s.unknown);
    out.push(chars.slice(end, stop).join(''));
  }
  return out.reverse();
}
