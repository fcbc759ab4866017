import { readTorchPickle } from './pickle.ts';
import { openZip } from './zip.ts';
import type { StoredTensor } from './types.ts';

/** The tensors of a file written by `torch.save` (a zip of one pickle and raw storages), by positions in the file. */
export async function readTorchFile(file: string): Promise<StoredTensor[]> {
  const zip = await openZip(file);
  return readTorchPickle(zip, file);
}
