import type { StageContext } from '../base/progress.ts';
import { throwIfCancelled } from '../base/errors.ts';
import { chooseSizes } from '../cluster/index.ts';
import { clusterAnyway } from '../run/params.ts';
import { clusterKept, keptLayout } from './recluster.ts';
import type { Session } from './session.ts';

/** How many topics and outliers a smallest topic size gives, before one commits to it. */
export interface SweepPoint {
  readonly size: number;
  readonly topics: number;
  /** Of all documents, those without text among them. */
  readonly outlierShare: number;
  /** Whether this is the size that automatic sizes choose for this corpus. */
  readonly automatic: boolean;
}

/**
 * What one gets by asking for a size and leaving everything else as it is in the project: where its topics were chosen
 * broadly because sizes are automatic, they are at every size (`--selection broad`).
 * @param sizes smallest topic sizes to try; none: a geometric series up to a twentieth of the corpus, the automatic one in it.
 */
export async function sweepTopicSizes(
  session: Session,
  sizes: readonly number[],
  context: StageContext,
): Promise<SweepPoint[]> {
  const layout = await keptLayout(session);
  const { rows } = layout.components;
  const empty = session.corpus.empty.length;
  const points: SweepPoint[] = [];
  const params = clusterAnyway(session.params);
  const { minTopicSize: automatic } = chooseSizes({ ...params, minTopicSize: 'auto' }, rows);
  const wanted = sizes.length > 0 ? sizes : series(rows, automatic);
  for (const [i, size] of wanted.entries()) {
    throwIfCancelled(context.signal);
    const { labels } = await clusterKept(layout, params, size, context);
    const outliers = labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), empty);
    points.push({
      size,
      topics: labels.reduce((most, label) => Math.max(most, label), -1) + 1,
      outlierShare: outliers / (labels.length + empty),
      automatic: size === automatic,
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

function series(rows: number, automatic: number): number[] {
  const last = Math.max(10, Math.round(rows / 20));
  const sizes = Array.from({ length: 12 }, (_, i) => Math.round(5 * (last / 5) ** (i / 11)));
  // The nearest one gives way to the automatic size: no two of them should be almost the same.
  const distance = (size: number): number => Math.abs(Math.log(size / automatic));
  const nearest = sizes.reduce((best, size) => (distance(size) < distance(best) ? size : best));
  return [...new Set(sizes.map((size) => (size === nearest ? automatic : size)))].sort((a, b) => a - b);
}
