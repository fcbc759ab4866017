import { useEffect, useState } from 'react';
import type { Method, Params, Results } from '../../core/protocol.ts';
import { engine } from './engine.ts';

/** The engine's answer to a question, asked again when the question or `version` changes; the old one stays meanwhile. */
export function useAnswer<M extends Method>(
  method: M,
  params: Params<M>,
  version: unknown = null,
): { answer: Results[M] | null; error: Error | null; busy: boolean } {
  const key = JSON.stringify([method, params]);
  const [state, setState] = useState<{
    key: string;
    version: unknown;
    answer: Results[M] | null;
    error: Error | null;
  }>({ key: '', version: null, answer: null, error: null });
  useEffect(() => {
    const cancel = new AbortController();
    const [, asked] = JSON.parse(key) as [M, Params<M>];
    engine()
      .request(method, asked, { signal: cancel.signal })
      .then((answer) => {
        if (!cancel.signal.aborted) setState({ key, version, answer, error: null });
      })
      .catch((error: Error) => {
        if (!cancel.signal.aborted) setState({ key, version, answer: null, error });
      });
    return () => cancel.abort();
  }, [method, key, version]);
  const current = state.key === key;
  return {
    answer: current ? state.answer : null,
    error: current ? state.error : null,
    busy: !current || state.version !== version,
  };
}
