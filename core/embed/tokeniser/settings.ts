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
  let next = 0;
  for (const id of vocabulary.values()) next = Math.max(next, id + 1);
  const put = (token: Omit<AddedToken, 'id'>, id?: number): void => {
    const number = vocabulary.get(token.content) ?? id ?? next;
    next = Math.max(next, number + 1);
    added.push({ ...token, id: number });
  };
  const known = (content: string): boolean => added.some((t) => t.content === content);
  for (const t of list(json.added_tokens)) put(tokenOf(t, false), t.id as number | undefined);
  const later = Object.entries((config.added_tokens_decoder ?? {}) as Record<string, Json>);
  for (const [, t] of later.sort(([a], [b]) => Number(a) - Number(b))) {
    const token = tokenOf(t, false);
    const same = added.findIndex((a) => a.content === token.content);
    if (same >= 0) added[same] = { ...token, id: added[same].id };
    else put(token);
  }
  for (const name of named) {
    const value = config[name];
    if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) continue;
    const token = tokenOf(value as string | Json, true);
    if (!known(token.content)) put({ ...token, special: true });
  }
  const extra = config.extra_special_tokens ?? config.additional_special_tokens ?? [];
  for (const value of Array.isArray(extra) ? (extra as (string | Json)[]) : Object.values(extra as Json)) {
    const token = tokenOf(value as string | Json, true);
    if (!known(token.content)) put(token);
  }
  return added;
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
