/** What becomes of a run whose engine's process crashed: it is begun again in its folder, but not forever at the same place. */
import { type ErrorRecord, ResourceError, toRecord } from '../core/base/errors.ts';
import type { Progress } from '../core/base/progress.ts';

/** How far a run had come, as it said last. */
export interface Place {
  readonly stage: Progress['stage'] | null;
  /** 0 to 1 within the stage. */
  readonly fraction: number;
}

/** A run as whoever watches over the engine's process knows it: enough to begin it again in another one. */
export interface RunNote {
  /** Parameters of `run.start`; `out` is its folder as soon as it has one. */
  readonly request: unknown;
  readonly out: string | null;
  readonly place: Place;
  /** Where earlier processes crashed under it. */
  readonly crashes: readonly Place[];
}

/** Of a stage: a crash within so much of an earlier one is one at the same place (the work between may be ordered anew). */
const nearby = 0.02;
/** However far a run comes each time, so many crashes are too many. */
const mostCrashes = 5;

/** The note of the run to begin again, or why it is not. What was finished before is kept in the run's folder and the cache. */
export function afterCrash(note: RunNote): { resume: RunNote } | { error: ErrorRecord } {
  const { place, crashes } = note;
  const again = crashes.some((c) => c.stage === place.stage && place.fraction < c.fraction + nearby);
  if (!again && crashes.length + 1 < mostCrashes)
    return { resume: { ...note, crashes: [...crashes, place] } };
  const where = place.stage === null ? 'at its start' : `at ${percent(place)} of the stage "${place.stage}"`;
  const how = again ? 'twice at the same place' : `${crashes.length + 1} times`;
  const kept = note.out === null ? '' : ` What was finished is kept in ${note.out}.`;
  return {
    error: toRecord(
      new ResourceError(
        `The engine crashed ${how} of this run, the last time ${where}: choose another device or model, fewer threads or fewer tokens a document, and run it again.${kept}`,
        { code: 'crashed-again' },
      ),
    ),
  };
}

function percent({ fraction }: Place): string {
  return `${Math.round(100 * fraction)} %`;
}
