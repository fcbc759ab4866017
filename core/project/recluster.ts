import { InputError, UsageError } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import { chooseSizes, cluster, type ClusterParams } from '../cluster/index.ts';
import { clusterAnyway } from '../run/params.ts';
import type { Clustering, Reduction } from '../stages.ts';
import type { TopicState } from '../topics/index.ts';
import type { Session } from './session.ts';

/** The coordinates that can be clustered again. @throws InputError for a project that keeps none. */
export async function keptLayout(session: Session): Promise<Reduction> {
  const reduction = await session.reduction();
  if (reduction === undefined)
    throw new InputError('The project keeps no coordinates to cluster; run it again with --overwrite.');
  return reduction;
}

/**
 * The run's parameters with another smallest size of a topic: where its topics were chosen broadly because sizes are automatic,
 * they are at every size (`--selection broad`).
 * @param rows documents that are clustered
 */
function paramsAtSize(params: ClusterParams, rows: number, minTopicSize: number): ClusterParams {
  const selection = chooseSizes(params, rows).goal === null ? params.selection : 'broad';
  return { ...params, selection, minTopicSize };
}

/** The kept coordinates clustered with another smallest size of a topic, without telling the progress. */
export function clusterKept(
  { components }: Reduction,
  params: ClusterParams,
  minTopicSize: number,
  context: StageContext,
): Promise<Clustering> {
  const quiet = { ...context, onProgress: () => undefined };
  return cluster(components, paramsAtSize(params, components.rows, minTopicSize), quiet);
}

/** How the topics that an edit began with were clustered: by the run, or again with another size. */
export function paramsInForce(
  session: Session,
  clustered: TopicState['clustered'],
  rows: number,
): ClusterParams {
  if (clustered === undefined) return session.params.cluster;
  return paramsAtSize(clusterAnyway(session.params), rows, clustered.minTopicSize);
}

/**
 * All documents with text clustered again on the kept layout.
 * @throws UsageError where the clusterer knows no smallest size; InputError without a layout.
 */
export async function clusterAtSize(
  session: Session,
  minTopicSize: number,
  context: StageContext,
): Promise<Clustering> {
  const params = clusterAnyway(session.params);
  if (params.clusterer === 'kmeans')
    throw new UsageError(
      'This project’s topics come from k-means, which knows no smallest size of a topic; run it again with another --topics.',
    );
  return clusterKept(await keptLayout(session), params, minTopicSize, context);
}

/** The clustering that the project's topics began with, its labels as their ids; undefined where there was none. */
export async function clusteringInForce(
  session: Session,
  context: StageContext,
): Promise<Clustering | undefined> {
  const { clustered } = session.state.edit;
  if (clustered === undefined) return session.clustering();
  const found = await clusterAtSize(session, clustered.minTopicSize, context);
  return { ...found, labels: found.labels.map((label) => (label < 0 ? label : label + clustered.first)) };
}
