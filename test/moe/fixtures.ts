import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSafetensorsHeader } from '../../core/moe/checkpoint/safetensors.ts';
import { open } from 'node:fs/promises';

export const fixtures = fileURLToPath(new URL('../fixtures/moe-checkpoints', import.meta.url));

/**
 * Folders with an expected.safetensors: the committed ones, and those in MOETOPIC_MOE_FIXTURES
 * (`make-fixtures.py --random` writes as many as one likes).
 */
export async function fixtureFolders(): Promise<string[]> {
  const folders: string[] = [];
  for (const root of [fixtures, process.env.MOETOPIC_MOE_FIXTURES]) {
    if (!root) continue;
    const entries = await readdir(root, { withFileTypes: true });
    for (const e of entries) if (e.isDirectory()) folders.push(path.join(root, e.name));
  }
  return folders.sort();
}

export interface Expected {
  ids: Int32Array;
  /** [tokens × hidden size] */
  hidden: Float32Array;
  /** One for each router, [tokens × experts]. */
  logits: Float32Array[];
}

/** What the reference implementation computes for a fixture's five texts. */
export async function expectedOf(folder: string): Promise<Expected[]> {
  const file = path.join(folder, 'expected.safetensors');
  const tensors = new Map((await readSafetensorsHeader(file)).map((t) => [t.name, t]));
  const handle = await open(file);
  try {
    const bytes = async (name: string): Promise<ArrayBuffer> => {
      const t = tensors.get(name)!;
      const out = new Uint8Array(t.end - t.begin);
      await handle.read(out, 0, out.length, t.begin);
      return out.buffer;
    };
    const texts: Expected[] = [];
    for (let i = 0; tensors.has(`ids.${i}`); i++) {
      const all = new Float32Array(await bytes(`router_logits.${i}`));
      const [routers] = tensors.get(`router_logits.${i}`)!.shape;
      const size = routers ? all.length / routers : 0;
      texts.push({
        ids: new Int32Array(await bytes(`ids.${i}`)),
        hidden: new Float32Array(await bytes(`hidden.${i}`)),
        logits: Array.from({ length: routers }, (_, r) => all.subarray(r * size, (r + 1) * size)),
      });
    }
    return texts;
  } finally {
    await handle.close();
  }
}

/** Runs with a temporary folder that is removed afterwards. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'moetopic-moe-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} numbers against ${b.length}`);
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const d = Math.abs(a[i] - b[i]);
    if (!(d <= most)) most = d;
  }
  return most;
}
