import { useEffect, useState } from 'react';
import type { OperationPreview } from '../../core/protocol.ts';
import { previewOperation } from './operations.ts';
import type { Operation } from './operations.ts';
import { useStore } from './store.ts';

export interface Preview {
  found: OperationPreview | null;
  /** The same with coherence, a moment later. */
  measured: OperationPreview | null;
  error: Error | null;
}

const nothing: Preview = { found: null, measured: null, error: null };

/** What an operation would change, asked for a moment after the settings came to rest; null asks nothing. */
export function usePreview(operation: Operation | null): Preview {
  // After another operation the same question has another answer.
  const topics = useStore((s) => s.topics);
  const key = operation && JSON.stringify(operation);
  const [state, setState] = useState<Preview & { key: string; topics: unknown }>({
    key: '',
    topics,
    ...nothing,
  });
  useEffect(() => {
    if (key === null) return;
    let current = true;
    const asked = JSON.parse(key) as Operation;
    const cancel = new AbortController();
    let timer = window.setTimeout(() => {
      previewOperation(asked)
        .then((found) => {
          if (!current) return;
          setState({ ...nothing, key, topics, found });
          timer = window.setTimeout(() => {
            previewOperation(asked, { coherence: true, signal: cancel.signal })
              .then((measured) => current && setState({ ...nothing, key, topics, found, measured }))
              .catch(() => current && setState({ ...nothing, key, topics, found, measured: found }));
          }, 700);
        })
        .catch((error: Error) => current && setState({ ...nothing, key, topics, error }));
    }, 300);
    return () => {
      current = false;
      cancel.abort();
      window.clearTimeout(timer);
    };
  }, [key, topics]);
  return state.key === key && state.topics === topics ? state : nothing;
}
