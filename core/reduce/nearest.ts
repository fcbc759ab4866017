import type { StageContext } from '../base/progress.ts';
import type { Neighbours } from '../stages.ts';
import { approximateNeighbours } from './approximate-neighbours.ts';
import { exactNeighbours, type NeighbourSearch } from './exact-neighbours.ts';

/**
 * Up to so many rows the exact search takes no longer than the approximate one. Processor seconds for 384 columns on two cores: 5.5
 * against 10 at 18,846 rows, about 39 against 27 at 50,000, about 620 against 70 at 200,000.
 */
export const mostExact = 40_000;

/** Each row's nearest others, by whichever search is the faster for so many; the recall of an approximate one is measured. */
export async function nearestNeighbours(
  search: NeighbourSearch & { within: true },
  context: StageContext,
  report: (done: number) => void,
): Promise<Neighbours> {
  const { data, k, metric } = search;
  return data.rows > mostExact
    ? approximateNeighbours(data, k, metric, context, report)
    : exactNeighbours(search, context, report);
}
