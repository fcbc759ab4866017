import type { Client } from './client.ts';
import { httpClient } from './http.ts';
import { ipcClient } from './ipc.ts';

export { EngineError, isCut } from './client.ts';
export type { Client, Host, LinkState, Listeners, Partial2d } from './client.ts';

/** The transport that fits where the window is: the desktop's bridge or the server; generated data in builds for tests and benches. */
export async function chooseClient(): Promise<Client> {
  if (window.moetopic) return ipcClient(window.moetopic);
  if (import.meta.env.VITE_FAKE) {
    const { fakeClient } = await import('./fake.ts');
    const documents = Number(new URLSearchParams(window.location.search).get('documents') ?? 20_000);
    return fakeClient({ documents });
  }
  return httpClient();
}
