/** A language model that may name topics: where it is, and whether it may be asked at all. */
import { create } from 'zustand';
import type { NamingPreview, NamingResult } from '../../core/protocol.ts';
import { engine } from './engine.ts';
import { refreshProject } from './project.ts';

export interface Endpoint {
  /** Nothing is ever sent before a person has switched this on. */
  allowed: boolean;
  url: string;
  model: string;
  /** Only ever in memory: it is gone when the window closes. */
  key: string;
}

const place = 'moetopic.language-model';
const defaults: Endpoint = { allowed: false, url: 'http://localhost:11434/v1', model: '', key: '' };

function stored(): Endpoint {
  try {
    const { allowed, url, model } = {
      ...defaults,
      ...(JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Endpoint>),
    };
    return { allowed: allowed === true, url, model, key: '' };
  } catch {
    // A broken entry is as good as none.
    return defaults;
  }
}

export const useEndpoint = create<Endpoint>(() => stored());

export function setEndpoint(change: Partial<Endpoint>): void {
  useEndpoint.setState(change);
  const { allowed, url, model } = useEndpoint.getState();
  localStorage.setItem(place, JSON.stringify({ allowed, url, model }));
}

const asked = ({ url, model, key }: Endpoint) => ({ url: url.trim(), model: model.trim(), key: key || null });

/** Exactly what would be sent for these topics (none: for all); nothing is sent. */
export function previewNames(topics: readonly number[]): Promise<NamingPreview> {
  return engine().request('topics.naming.preview', {
    endpoint: asked(useEndpoint.getState()),
    topics: [...topics],
  });
}

/** Sends it and takes over the names that come back. */
export async function nameTopics(
  topics: readonly number[],
  listeners: { signal: AbortSignal; onProgress: (fraction: number) => void },
): Promise<NamingResult> {
  const endpoint = useEndpoint.getState();
  if (!endpoint.allowed) throw new Error('A language model was not allowed to be asked.');
  const { project, ...result } = await engine().request(
    'topics.naming.run',
    { endpoint: asked(endpoint), topics: [...topics] },
    { signal: listeners.signal, onProgress: ({ fraction }) => listeners.onProgress(fraction) },
  );
  await refreshProject(project);
  return result;
}
