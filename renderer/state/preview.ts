import { useEffect, useState } from 'react';
import type { OperationPreview } from '../../core/protocol.ts';
import { previewOperation } from './operations.ts';
import type { Operation } from './operations.ts';
import { useStore } from './store.ts';

export interface Preview {
  found: OperationPreview | null;
  error: Error | null;
}

/** What an operation would change, asked for a moment after the settings came to rest; null asks nothing. */
export function usePreview(operation: Operation | null): Preview {
  // After another operation the same question has another answer.
  const topics = useStore((s) => s.topics);
  const key = operation && JSON.stringify(operation);
  const [state, setState] = useState<Preview & { key: string; topics: unknown }>({
    key: '',
    topics,
    found: null,
    error: null,
  });
  useEffect(() => {
    if (key === null) return;
    let current = true;
    const timer = window.setTimeout(() => {
      previewOperation(JSON.parse(key) as Operation)
        .then((found) => current && setState({ key, topics, found, error: null }))
        .catch((error: Error) => current && setState({ key, topics, found: null, error }));
    }, 300);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [key, topics]);
  return state.key === key && state.topics === topics ? state : { found: null, error: null };
}
