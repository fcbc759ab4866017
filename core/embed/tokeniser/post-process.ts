import { ModelError } from '../../base/errors.ts';
import type { Json } from './json.ts';

/** Special tokens before and after every text. */
export interface Around {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

const nothing: Around = { before: [], after: [] };

/**
 * What a post-processor of a tokenizer.json puts around a single text.
 * @param idOf the number of a token, for templates that leave it out
 * @throws ModelError for one that is not known.
 */
export function aroundOf(
  config: Json | null | undefined,
  idOf: (token: string) => number | undefined,
): Around {
  if (!config) return nothing;
  switch (config.type) {
    case 'ByteLevel':
      return nothing;
    case 'BertProcessing':
    case 'RobertaProcessing':
      return { before: [second(config.cls)], after: [second(config.sep)] };
    case 'Sequence':
      return ((config.processors ?? []) as Json[])
        .map((p) => aroundOf(p, idOf))
        .reduce(
          (inner, outer) => ({
            before: [...outer.before, ...inner.before],
            after: [...inner.after, ...outer.after],
          }),
          nothing,
        );
    case 'TemplateProcessing':
      return template(config, idOf);
    default:
      throw new ModelError(
        `tokenizer.json has the post-processor ${JSON.stringify(config.type)}, which is not known.`,
      );
  }
}

function second(pair: unknown): number {
  if (Array.isArray(pair) && Number.isSafeInteger(pair[1])) return pair[1] as number;
  throw new ModelError('tokenizer.json: a post-processor names no token and its number; it is damaged.');
}

function template(config: Json, idOf: (token: string) => number | undefined): Around {
  const tokens = (config.special_tokens ?? {}) as Record<
    string,
    { ids?: number[]; tokens?: string[] } | undefined
  >;
  const before: number[] = [];
  const after: number[] = [];
  let into = before;
  for (const piece of (config.single ?? []) as Json[]) {
    if (piece.Sequence) {
      into = after;
      continue;
    }
    const id = String((piece.SpecialToken as Json | undefined)?.id);
    const ids = tokens[id]?.ids ?? tokens[id]?.tokens?.map(idOf);
    if (!ids?.every((n) => n !== undefined))
      throw new ModelError(
        `tokenizer.json: its template uses the token ${JSON.stringify(id)}, of which it does not say the number; the file is damaged.`,
      );
    into.push(...ids);
  }
  return { before, after };
}
