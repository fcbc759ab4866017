/** A model on the hub: `owner/name`, at a branch, tag or commit. */
export interface HubAddress {
  /** `owner/name` */
  readonly id: string;
  readonly name: string;
  /** null: the newest. */
  readonly revision: string | null;
}

const part = String.raw`[A-Za-z0-9][A-Za-z0-9._-]{0,95}`;
const plain = new RegExp(`^(${part})/(${part})(?:@([A-Za-z0-9][A-Za-z0-9._/-]{0,127}))?$`);
const page = new RegExp(`^https?://(?:www\\.)?(?:huggingface\\.co|hf\\.co)/(${part}/${part})/?$`);

/** Reads `owner/name`, `owner/name@revision` or the address of a model's page; null for anything else. */
export function hubAddress(text: string): HubAddress | null {
  const found = plain.exec(page.exec(text.trim())?.[1] ?? text.trim());
  if (found === null || text.includes('..')) return null;
  const [, owner, name, revision = null] = found;
  return { id: `${owner}/${name}`, name, revision };
}

/** Where the hub is: HF_ENDPOINT, for a mirror or a company's own, else huggingface.co. */
export function hubEndpoint(): string {
  return (process.env.HF_ENDPOINT ?? '').trim().replace(/\/+$/, '') || 'https://huggingface.co';
}

/** The person's token for models that aren't open to everyone. It goes to the hub alone and is never written anywhere. */
export function hubToken(): string | undefined {
  return (process.env.HF_TOKEN ?? '').trim() || undefined;
}
