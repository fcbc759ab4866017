import { createHash } from 'node:crypto';
import { open, readFile, rename, writeFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { ResourceError, throwIfCancelled } from '../../base/errors.ts';
import { breathe, type StageContext } from '../../base/progress.ts';
import type { DataPlan } from './data-plan.ts';
import { dataFileName } from './model-writer.ts';

const journalName = 'conversion.json';
const journalSchema = z.object({ key: z.string(), done: z.number().int(), hashes: z.array(z.string()) });
/** Between writing down how far it has come; at most this much work is done again after a crash. */
const journalMilliseconds = 2000;
/** Node writes no more than 2 GiB at once. */
const mostBytes = 1 << 28;

/**
 * Writes a plan's data file into a folder, job after job, going on where an earlier run with the same key stopped.
 * @returns a sha256 (hex) of everything written.
 */
export async function writeData(
  plan: DataPlan,
  folder: string,
  key: string,
  context: StageContext,
): Promise<string> {
  const journal = await readJournal(folder, key);
  const hashes = [...journal.hashes];
  const file = path.join(folder, dataFileName);
  const handle = await open(file, journal.done > 0 ? 'r+' : 'w');
  const report = progressOf(plan, journal.done, context);
  try {
    await handle.truncate(plan.totalBytes);
    let saved = performance.now();
    for (let i = journal.done; i < plan.jobs.length; i++) {
      hashes.push(await runJob(plan.jobs[i], handle, context.signal, report));
      if (performance.now() - saved > journalMilliseconds) {
        await handle.datasync();
        await writeJournal(folder, { key, done: i + 1, hashes });
        saved = performance.now();
        await breathe();
      }
      throwIfCancelled(context.signal);
    }
    await handle.datasync();
    await writeJournal(folder, { key, done: plan.jobs.length, hashes });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new ResourceError(
        `The disk filled up while ${file} was written; free some space and convert again, it goes on where it stopped.`,
        { cause },
      );
    throw cause;
  } finally {
    await handle.close();
  }
  return createHash('sha256').update(hashes.join('\n')).digest('hex');
}

/** Removes what only resuming needs. */
export const journalFile = (folder: string): string => path.join(folder, journalName);

async function runJob(
  job: DataPlan['jobs'][number],
  handle: FileHandle,
  signal: AbortSignal,
  report: (bytes: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  const at = job.tensors.map((t) => t.offset);
  await job.run(async (index, view) => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    hash.update(bytes);
    for (let from = 0; from < bytes.length; from += mostBytes) {
      throwIfCancelled(signal);
      const piece = bytes.subarray(from, from + mostBytes);
      await handle.write(piece, 0, piece.length, at[index]);
      at[index] += piece.length;
    }
    report(bytes.length);
  });
  job.tensors.forEach((t, i) => {
    if (at[i] !== t.offset + t.bytes)
      throw new Error(`${t.name}: ${at[i] - t.offset} bytes were written where ${t.bytes} were planned`);
  });
  return hash.digest('hex');
}

function progressOf(plan: DataPlan, done: number, context: StageContext): (bytes: number) => void {
  const size = (jobs: DataPlan['jobs']): number =>
    jobs.reduce((sum, j) => j.tensors.reduce((s, t) => s + t.bytes, sum), 0);
  const total = size(plan.jobs);
  const before = size(plan.jobs.slice(0, done));
  const start = performance.now();
  let written = before;
  let said = 0;
  return (bytes) => {
    written += bytes;
    const now = performance.now();
    if (now - said < 200 && written < total) return;
    said = now;
    const rate = (written - before) / Math.max(1e-3, (now - start) / 1000);
    context.onProgress({
      kind: 'progress',
      stage: 'convert',
      fraction: total === 0 ? 1 : written / total,
      text: 'Writing the weights',
      rate: rate / 1e6,
      unit: 'MB',
      secondsLeft: (total - written) / Math.max(1, rate),
    });
  };
}

async function readJournal(folder: string, key: string): Promise<z.output<typeof journalSchema>> {
  try {
    const journal = journalSchema.parse(JSON.parse(await readFile(journalFile(folder), 'utf8')));
    if (journal.key === key && journal.hashes.length === journal.done) return journal;
  } catch {
    // No journal, or not a whole one: begin at the beginning.
  }
  return { key, done: 0, hashes: [] };
}

async function writeJournal(folder: string, journal: z.output<typeof journalSchema>): Promise<void> {
  const file = journalFile(folder);
  await writeFile(`${file}.part`, JSON.stringify(journal));
  await rename(`${file}.part`, file);
}
