import type { StageContext } from '../base/progress.ts';
import { InputError, throwIfCancelled } from '../base/errors.ts';
import { cluster } from '../cluster/index.ts';
import { clusterAnyway } from '../run/params.ts';
import type { Session } from './session.ts';

/** How many topics and outliers a smallest topic size gives, before one commits to it. */
export interface SweepPoint {
  readonly size: number;
  readonly topics: number;
  readonly outlierShare: number;
}

/** @param sizes smallest topic sizes to try; none: a geometric series up to a twentieth of the corpus. */
export async function sweepTopicSizes(
  session: Session,
  sizes: readonly number[],
  context: StageContext,
): Promise<SweepPoint[]> {
  const reduction = await session.reduction();
  if (reduction === undefined)
    throw new InputError('The project keeps no coordinates to cluster; run it again with --overwrite.');
  const { components } = reduction;
  const quiet = { ...context, onProgress: () => undefined };
  const points: SweepPoint[] = [];
  const wanted = sizes.length > 0 ? sizes : series(components.rows);
  for (const [i, size] of wanted.entries()) {
    throwIfCancelled(context.signal);
    const { labels } = await cluster(
      components,
      { ...clusterAnyway(session.params), minTopicSize: size },
      quiet,
    );
    const outliers = labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
    points.push({
      size,
      topics: labels.reduce((most, label) => Math.max(most, label), -1) + 1,
      outlierShare: outliers / labels.length,
    });
    context.onProgress({
      kind: 'progress',
      stage: 'cluster',
      fraction: (i + 1) / wanted.length,
      text: `Topics of at least ${size}`,
    });
  }
  return points;
}

function series(rows: number): number[] {
  const last = Math.max(10, Math.round(rows / 20));
  const sizes = Array.from({ length: 12 }, (_, i) => Math.round(5 * (last / 5) ** (i / 11)));
  return [...new Set(sizes)];
}
