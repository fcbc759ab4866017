import type { StageContext } from '../base/progress.ts';
import type { Neighbours } from '../stages.ts';
import { exactNeighbours, type NeighbourSearch } from './exact-neighbours.ts';

/** Nearest neighbours by whichever search is the fastest for this size. */
export async function nearestNeighbours(
  search: NeighbourSearch,
  context: StageContext,
  report: (done: number) => void,
): Promise<Neighbours> {
  return exactNeighbours(search, context, report);
}
