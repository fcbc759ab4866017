import path from 'node:path';
import { ModelError } from '../../base/errors.ts';
import { readJsonFile } from './json.ts';

/**
 * Which file of a sharded checkpoint holds which tensor (`weight_map` of `*.index.json`).
 * An index must not reach outside its model's folder: a name may lead into folders of it, and nowhere else.
 */
export async function readShardIndex(file: string): Promise<Map<string, string>> {
  const name = path.basename(file);
  const index = await readJsonFile(file);
  const map = index.weight_map;
  if (typeof map !== 'object' || map === null || Array.isArray(map))
    throw new ModelError(`${name} has no weight_map; download it again.`);
  const out = new Map<string, string>();
  for (const [tensor, shard] of Object.entries(map as Record<string, unknown>)) {
    if (typeof shard !== 'string' || !isInside(shard))
      throw new ModelError(
        `${name}: tensor ${JSON.stringify(tensor)} is said to be in ${JSON.stringify(shard)}, which is not the plain name of a file beside the index.`,
      );
    out.set(tensor, shard);
  }
  return out;
}

/** Neither absolute, nor of another drive, nor up, and without what only a trick needs. */
function isInside(shard: string): boolean {
  // eslint-disable-next-line no-control-regex
  if (shard.length > 1000 || /[\\:\u0000-\u001f]/.test(shard)) return false;
  return shard.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
