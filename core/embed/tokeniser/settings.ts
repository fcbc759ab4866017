import type { AddedToken } from './added-tokens.ts';
import type { Json } from './json.ts';

/** The names under which tokenizer_config.json has special tokens, in the reference's order. */
const named = ['bos_token', 'eos_token', 'unk_token', 'sep_token', 'pad_token', 'cls_token', 'mask_token'];

/**
 * What transformers 5 makes of tokenizer_config.json beside a tokenizer.json (tokenization_utils_tokenizers.py, TokenizersBackend):
 * special tokens that the file lacks are added. add_bos_token and add_eos_token do nothing beside it: its post-processor holds.
 * @param vocabulary the model's pieces
 */
export function addedTokensOf(
  json: Json,
  config: Json,
  vocabulary: ReadonlyMap<string, number>,
): AddedToken[] {
  const added: AddedToken[] = [];
  const { vocab } = (json.model ?? {}) as { vocab?: unknown };
  // New numbers begin after the count of pieces, which is not always after the last one.
  let next = Array.isArray(vocab) ? vocab.length : vocabulary.size;
  const put = (token: Omit<AddedToken, 'id'>, id?: number): void => {
    const same = added.findIndex((a) => a.content === token.content);
    const number = added[same]?.id ?? vocabulary.get(token.content) ?? id ?? next;
    next = Math.max(next, number + 1);
    if (same < 0) added.push({ ...token, id: number });
    else added[same] = { ...token, id: number };
  };
  for (const t of list(json.added_tokens)) put(tokenOf(t, false), t.id as number | undefined);

  const later = Object.entries((config.added_tokens_decoder ?? {}) as Record<string, Json>)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, t]) => ({ token: tokenOf(t, false), plain: false }));
  const encoder = new Set([...added, ...later.map((t) => t.token)].map((t) => t.content));
  // A token that is named twice, each time with other settings, is added twice: the last settings hold.
  for (const { token, plain } of namedTokens(config))
    if (!encoder.has(token.content) && !later.some((l) => l.plain === plain && isSame(l.token, token)))
      later.push({ token, plain });
  const specials = new Set(namedTokens(config, false).map((t) => t.token.content));
  for (const { token } of later) put({ ...token, special: token.special || specials.has(token.content) });
  return added;
}

/** Special tokens that the configuration names, and whether each is written as its text alone. */
function namedTokens(config: Json, extra = true): { token: Omit<AddedToken, 'id'>; plain: boolean }[] {
  // Names of the model's own, as image_token, follow the usual ones.
  const others = Object.keys(config).filter((key) => key.endsWith('_token') && !named.includes(key));
  const more: unknown = config.extra_special_tokens ?? config.additional_special_tokens ?? [];
  const values = [
    ...[...named, ...others].map((name) => config[name]),
    ...(Array.isArray(more) ? (extra ? (more as unknown[]) : []) : Object.values(more as Json)),
  ];
  return values
    .filter((v) => typeof v === 'string' || (typeof v === 'object' && v !== null))
    .map((v) => ({ token: tokenOf(v as string | Json, true), plain: typeof v === 'string' }));
}

function isSame(a: Omit<AddedToken, 'id'>, b: Omit<AddedToken, 'id'>): boolean {
  return (['content', 'singleWord', 'lstrip', 'rstrip', 'normalized', 'special'] as const).every(
    (key) => a[key] === b[key],
  );
}

function tokenOf(value: string | Json, special: boolean): Omit<AddedToken, 'id'> {
  const t: Json = typeof value === 'string' ? { content: value } : value;
  const isSpecial = typeof t.special === 'boolean' ? t.special : special;
  return {
    content: typeof t.content === 'string' ? t.content : '',
    singleWord: t.single_word === true,
    lstrip: t.lstrip === true,
    rstrip: t.rstrip === true,
    normalized: typeof t.normalized === 'boolean' ? t.normalized : !isSpecial,
    special: isSpecial,
  };
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}
