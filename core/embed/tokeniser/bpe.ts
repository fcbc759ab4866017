import { ModelError } from '../../base/errors.ts';
import { bytePieces } from './byte-level.ts';
import { Heap } from './heap.ts';
import { textOf, type Json } from './json.ts';
import { unknownId, vocabularyOf, type PieceModel } from './vocabulary.ts';

const mostKnown = 100_000;
const longestKnown = 64;

/** Byte-pair encoding: characters first, then the pair with the best rank joined, the leftmost of equals, until none is left. */
export function bpeModel(config: Json): PieceModel {
  const vocabulary = vocabularyOf(config);
  const prefix = textOf(config.continuing_subword_prefix);
  const suffix = textOf(config.end_of_word_suffix);
  const size = highest(vocabulary) + 1;
  /** Pair of ids (first · size + second) → rank · size + id of the two together. */
  const merges = new Map<number, number>();
  readMerges(config).forEach(([a, b], rank) => {
    const first = vocabulary.get(a);
    const second = vocabulary.get(b);
    const both = vocabulary.get(a + b.slice(prefix.length));
    if (first === undefined || second === undefined || both === undefined)
      throw new ModelError(
        `tokenizer.json merges ${JSON.stringify(a)} and ${JSON.stringify(b)}, but its vocabulary lacks one of them or the two together; the file is damaged.`,
      );
    merges.set(first * size + second, rank * size + both);
  });
  const unknown = textOf(config.unk_token);
  const start = {
    vocabulary,
    prefix,
    suffix,
    unknown: unknown === '' ? null : unknown,
    fuse: config.fuse_unk === true,
    bytes: config.byte_fallback === true,
  };
  const whole = config.ignore_merges === true;
  const known = new Map<string, number[]>();
  return {
    vocabulary,
    encode(text) {
      if (text === '') return [];
      const id = whole ? vocabulary.get(text) : undefined;
      if (id !== undefined) return [id];
      const before = known.get(text);
      if (before) return before;
      const ids = mergeAll(characters(text, start), merges, size);
      if (text.length <= longestKnown) {
        if (known.size >= mostKnown) known.clear();
        known.set(text, ids);
      }
      return ids;
    },
  };
}

interface Start {
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly prefix: string;
  readonly suffix: string;
  readonly unknown: string | null;
  readonly fuse: boolean;
  readonly bytes: boolean;
}

/** The ids of a text's characters. An unknown one waits for the next known character, bytes overtaking it, as in the reference. */
function characters(text: string, s: Start): number[] {
  const out: number[] = [];
  let waiting: number | null = null;
  const all = Array.from(text);
  all.forEach((c, i) => {
    const piece = (i > 0 ? s.prefix : '') + c + (i === all.length - 1 ? s.suffix : '');
    const id = s.vocabulary.get(piece);
    if (id !== undefined) {
      if (waiting !== null) out.push(waiting);
      waiting = null;
      out.push(id);
      return;
    }
    const bytes = s.bytes ? bytePieces(piece).map((b) => s.vocabulary.get(b)) : [undefined];
    if (bytes.every((b) => b !== undefined)) {
      out.push(...bytes);
      return;
    }
    if (s.unknown === null) return;
    if (waiting !== null && s.fuse) return;
    if (waiting !== null) out.push(waiting);
    waiting = unknownId(s.vocabulary, s.unknown);
  });
  if (waiting !== null) out.push(waiting);
  return out;
}

/** Joins pairs in place: `next` and `before` link what is left of the symbols. */
function mergeAll(ids: number[], merges: ReadonlyMap<number, number>, size: number): number[] {
  const n = ids.length;
  if (n < 2) return ids;
  const next = Int32Array.from({ length: n }, (_, i) => (i + 1 < n ? i + 1 : -1));
  const before = Int32Array.from({ length: n }, (_, i) => i - 1);
  const joined = new Uint8Array(n);
  const heap = new Heap();
  const together: number[] = [];
  const offer = (at: number): void => {
    const found = merges.get(ids[at] * size + ids[next[at]]);
    if (found === undefined) return;
    // By rank, then by place; the value says where and what the pair becomes.
    heap.push(Math.floor(found / size) * n + at, together.push(at, found % size) - 2);
  };
  for (let i = 0; i + 1 < n; i++) offer(i);
  while (heap.size > 0) {
    const entry = heap.pop();
    const at = together[entry];
    const becomes = together[entry + 1];
    const right = next[at];
    if (joined[at] || right < 0) continue;
    const found = merges.get(ids[at] * size + ids[right]);
    if (found === undefined || found % size !== becomes) continue;
    ids[at] = becomes;
    joined[right] = 1;
    next[at] = next[right];
    if (next[at] >= 0) before[next[at]] = at;
    if (before[at] >= 0) offer(before[at]);
    if (next[at] >= 0) offer(at);
  }
  const out: number[] = [];
  for (let i = 0; i >= 0; i = next[i]) out.push(ids[i]);
  return out;
}

function readMerges(config: Json): [string, string][] {
  const merges = Array.isArray(config.merges) ? (config.merges as unknown[]) : [];
  return merges.map((m) => {
    const pair = typeof m === 'string' ? m.split(' ') : m;
    if (Array.isArray(pair) && pair.length === 2 && pair.every((p) => typeof p === 'string'))
      return pair as [string, string];
    throw new ModelError(
      `tokenizer.json has the merge ${JSON.stringify(m)}, which is no pair of pieces; it is damaged.`,
    );
  });
}

function highest(vocabulary: ReadonlyMap<string, number>): number {
  let most = 0;
  for (const id of vocabulary.values()) if (id > most) most = id;
  return most;
}
