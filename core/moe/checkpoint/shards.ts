import path from 'node:path';
import { ModelError } from '../../base/errors.ts';
import { readJsonFile } from './json.ts';

/**
 * Which file of a sharded checkpoint holds which tensor (`weight_map` of `*.index.json`).
 * Names of files with a folder in them are refused: an index must not reach outside its model's folder.
 */
export async function readShardIndex(file: string): Promise<Map<string, string>> {
  const name = path.basename(file);
  const index = await readJsonFile(file);
  const map = index.weight_map;
  if (typeof map !== 'object' || map === null || Array.isArray(map))
    throw new ModelError(`${name} has no weight_map; download it again.`);
  const out = new Map<string, string>();
  for (const [tensor, shard] of Object.entries(map as Record<string, unknown>)) {
    if (typeof shard !== 'string' || !/^[\w][\w.-]*$/.test(shard))
      throw new ModelError(
        `${name}: tensor ${JSON.stringify(tensor)} is said to be in ${JSON.stringify(shard)}, which is not the plain name of a file beside the index.`,
      );
    out.set(tensor, shard);
  }
  return out;
}
