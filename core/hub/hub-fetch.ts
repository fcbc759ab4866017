import { CancelledError, MoeTopicError, ModelError, throwIfCancelled } from '../base/errors.ts';
import { unreachable } from '../base/download.ts';
import { hubEndpoint, hubToken, type HubAddress } from './address.ts';

/** Milliseconds until a silent hub counts as out of reach. */
const patience = 30_000;

/**
 * A fetch for one model whose refusals are sentences: gated, missing, out of reach. Only the hub's own host is asked, so that a list
 * that leads elsewhere can't take the token along.
 */
export function hubFetch(address: HubAddress, signal: AbortSignal): typeof fetch {
  return async (input, init) => {
    throwIfCancelled(signal);
    const url = new URL(input instanceof Request ? input.url : input);
    const home = new URL(hubEndpoint());
    if (url.origin !== home.origin)
      throw new ModelError(
        `The hub ${home.host} leads to ${url.host} for its list of files; nothing was fetched from there.`,
        { code: 'hub' },
      );
    let response: Response;
    try {
      response = await fetch(input, {
        ...init,
        signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
      });
    } catch (cause) {
      if (signal.aborted) throw signal.reason instanceof MoeTopicError ? signal.reason : new CancelledError();
      throw outOfReach(cause);
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw refusal(address, response.status, response.headers.get('x-error-code'));
    }
    return response;
  };
}

export function outOfReach(cause: unknown): ModelError {
  return new ModelError(
    `The hub ${new URL(hubEndpoint()).host} can't be reached (${unreachable(cause)}): check the connection, or copy the model's folder here from a machine that has one and add that.`,
    { code: 'network', cause },
  );
}

/** What the hub's answer means for a person. */
export function refusal(address: HubAddress, status: number, reason: string | null = null): ModelError {
  const { id, revision } = address;
  const host = new URL(hubEndpoint()).host;
  const known = hubToken() !== undefined;
  if (reason === 'GatedRepo' || (status === 403 && reason === null))
    return new ModelError(
      `${id} is open only to people who accepted its terms: do so at ${hubEndpoint()}/${id}, set HF_TOKEN to a token of that account, and add it again.`,
      { code: 'gated' },
    );
  if (reason === 'RevisionNotFound')
    return new ModelError(
      `${id} has no revision ${revision ?? 'main'}; leave @revision out for its newest.`,
      {
        code: 'no-model',
      },
    );
  if (status === 401 && known && reason !== 'RepoNotFound')
    return new ModelError(`${host} does not accept the token in HF_TOKEN; make a new one or unset it.`, {
      code: 'gated',
    });
  if (status === 401 || status === 404 || status === 403)
    return new ModelError(
      `${host} has no model ${id} that ${known ? 'this token may read' : 'is open to everyone'}: check the name${known ? '' : ', or set HF_TOKEN for one of your own'}.`,
      { code: 'no-model' },
    );
  return new ModelError(`The hub ${host} answers ${status} for ${id}; try again later.`, { code: 'hub' });
}
