import { type ModelCard } from '../stages.ts';
import { type DeviceName, openOnDevice } from './devices.ts';
import { findModelFolder, readCard } from './model-folder.ts';
import { type PooledModel } from './pooled-model.ts';
import { openTokeniser, type TextTokeniser } from './tokenise.ts';

/** A model ready to embed. */
export interface OpenModel {
  readonly model: PooledModel;
  readonly why: string;
}

/** A model's folder, card and tokeniser; its session is opened when something has to be computed. */
export interface ModelHandle {
  readonly folder: string;
  readonly card: ModelCard;
  readonly tokeniser: TextTokeniser;
  readonly open: () => Promise<OpenModel>;
}

/** The last session that was opened stays open: the next words to embed are likely its own. */
let last: { key: string; opened: Promise<OpenModel> } | null = null;

export async function modelHandle(
  model: string,
  device: DeviceName | 'auto',
  threads: number,
): Promise<ModelHandle> {
  const folder = findModelFolder(model);
  const card = await readCard(folder);
  const key = [folder, card.fingerprint, device, threads].join('|');
  return {
    folder,
    card,
    tokeniser: await openTokeniser(folder),
    open: async () => {
      if (last?.key !== key) {
        await releaseModels();
        last = { key, opened: openOnDevice(folder, card, device, threads) };
      }
      try {
        return await last.opened;
      } catch (cause) {
        last = null;
        throw cause;
      }
    },
  };
}

/** Closes the session that was kept open and gives its memory back. */
export async function releaseModels(): Promise<void> {
  const closing = last;
  last = null;
  const opened = await closing?.opened.catch(() => null);
  await opened?.model.close();
}
