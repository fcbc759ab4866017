import type { StageContext } from '../base/progress.ts';
import type { Neighbours } from '../stages.ts';
import { exactNeighbours, type Search } from './exact-neighbours.ts';

/** Nearest neighbours by whichever search is the fastest for this size. */
export async function nearestNeighbours(
  search: Search,
  context: StageContext,
  report: (done: number) => void,
): Promise<Neighbours> {
  return exactNeighbours(search, context, report);
}
