import path from 'node:path';
import { ModelError } from '../base/errors.ts';
import { hubEndpoint, hubToken, type HubAddress } from './address.ts';
import { hubFetch } from './hub-fetch.ts';

/** A file of a model's repository. */
export interface HubFile {
  /** Its path; nearly all that are read are at the root. */
  readonly name: string;
  readonly bytes: number;
  /** Of the contents, hex: sha256 for large files, git's name of the blob (sha1) for the others. */
  readonly checksum: string;
}

/** A model's files at one commit. */
export interface HubListing {
  readonly address: HubAddress;
  /** The commit, so that a download that is continued tomorrow is of the same version. */
  readonly commit: string;
  readonly gated: boolean;
  readonly files: readonly HubFile[];
  /** Names in folders of the repository: not fetched, but they tell of other formats. */
  readonly elsewhere: readonly string[];
}

/** The only folder whose files are read: how sentence-transformers pool. */
const pooling = '1_Pooling';

/**
 * Lists a model's files.
 * @throws ModelError for a model that isn't there or isn't open, a hub out of reach, or a list that tries tricks with paths.
 */
export async function listModel(address: HubAddress, signal: AbortSignal): Promise<HubListing> {
  const { listFiles, modelInfo } = await import('@huggingface/hub');
  const accessToken = checkedToken();
  const shared = { hubUrl: hubEndpoint(), fetch: hubFetch(address, signal), accessToken };
  const revision = address.revision ?? undefined;
  const info = await modelInfo({ ...shared, name: address.id, revision, additionalFields: ['sha'] });
  if (typeof info.sha !== 'string' || !/^[0-9a-f]{40,64}$/.test(info.sha))
    throw new ModelError(`The hub names no commit of ${address.id}; check HF_ENDPOINT.`, { code: 'hub' });
  const files: HubFile[] = [];
  const elsewhere: string[] = [];
  const list = async (folder: string | undefined): Promise<void> => {
    const where = { ...shared, repo: address.id, revision: info.sha, path: folder };
    for await (const entry of listFiles(where)) {
      checkPath(entry.path, address);
      if (entry.type !== 'file') elsewhere.push(entry.path);
      else if (!entry.path.includes('/') || path.posix.dirname(entry.path) === folder)
        files.push(fileOf(entry, address));
    }
  };
  await list(undefined);
  if (elsewhere.includes(pooling)) await list(pooling);
  return { address, commit: info.sha, gated: info.gated !== false, files, elsewhere };
}

/** Where a file's contents are. */
export function fileUrl({ address, commit }: HubListing, name: string): string {
  return `${hubEndpoint()}/${address.id}/resolve/${commit}/${name.split('/').map(encodeURIComponent).join('/')}`;
}

/** @throws ModelError for a token that can't be one, without quoting it. */
export function checkedToken(): string | undefined {
  const token = hubToken();
  if (token !== undefined && !/^hf_[A-Za-z0-9._-]+$/.test(token))
    throw new ModelError('HF_TOKEN is no token of the hub: they begin with hf_; correct it or unset it.', {
      code: 'gated',
    });
  return token;
}

interface Entry {
  path: string;
  size: number;
  oid?: string;
  lfs?: { oid: string; size: number };
}

function fileOf({ path: name, size, oid, lfs }: Entry, address: HubAddress): HubFile {
  const checksum = lfs?.oid ?? oid ?? '';
  const bytes = lfs?.size ?? size;
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(checksum) || !Number.isSafeInteger(bytes) || bytes < 0)
    throw new ModelError(
      `The hub gives no checksum or size for ${JSON.stringify(name)} of ${address.id}, so it can't be verified; nothing was downloaded.`,
      { code: 'hub' },
    );
  return { name, bytes, checksum };
}

/** A list of files is somebody else's text: none of its names may lead out of the model's folder. */
function checkPath(name: unknown, address: HubAddress): void {
  const bad =
    typeof name !== 'string' ||
    name.length > 1000 ||
    // eslint-disable-next-line no-control-regex
    /[\\:\u0000-\u001f]/.test(name) ||
    name.split('/').some((segment) => segment === '' || segment === '.' || segment === '..');
  if (bad)
    throw new ModelError(
      `The hub's list of files of ${address.id} names ${JSON.stringify(name)}, which is no plain path inside a model; nothing was downloaded.`,
      { code: 'hub' },
    );
}
