import { ModelError, throwIfCancelled } from '../base/errors.ts';
import { hubToken } from './address.ts';
import { outOfReach, refusal } from './hub-fetch.ts';
import { fileUrl, type HubFile, type HubListing } from './listing.ts';

/**
 * Bytes [from, to) of a file on the hub: what a checkpoint's header says is known before gigabytes are fetched.
 * @throws ModelError when the hub doesn't give them.
 */
export async function readRange(
  listing: HubListing,
  file: HubFile,
  from: number,
  to: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const token = hubToken();
  let response: Response;
  try {
    response = await fetch(fileUrl(listing, file.name), {
      headers: {
        Range: `bytes=${from}-${to - 1}`,
        'Accept-Encoding': 'identity',
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
    });
  } catch (cause) {
    throwIfCancelled(signal);
    throw outOfReach(cause);
  }
  const length = Number(response.headers.get('content-length') ?? to - from);
  if (response.status !== 206 || response.body === null || length !== to - from) {
    await response.body?.cancel();
    if (response.ok)
      throw new ModelError(
        `The hub gives ${file.name} only as a whole, so what it holds can't be told beforehand.`,
        {
          code: 'no-ranges',
        },
      );
    throw refusal(listing.address, response.status, response.headers.get('x-error-code'));
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length !== to - from)
    throw new ModelError(
      `The hub gives ${bytes.length} bytes of ${file.name} where ${to - from} were asked for; try again.`,
      {
        code: 'hub',
      },
    );
  return bytes;
}
