import type { Client } from '../client/index.ts';

let current: Client | null = null;

/** The window has one engine; main.tsx (or a test) says which. */
export function setEngine(client: Client): void {
  current = client;
}

export function engine(): Client {
  if (!current) throw new Error('The window has no engine yet.');
  return current;
}
