import { reasonsInForce, rowsAssigned, type Session } from '../../core/index.ts';
import type { ProjectSummary } from '../../core/protocol.ts';

/** What a window shows of an open project. */
export async function summarise(session: Session): Promise<ProjectSummary> {
  const { corpus, state, manifest, params } = session;
  const entries = await session.project.operations();
  const own = manifest.corpus as { truncated?: number } | undefined;
  const device = manifest.device as { name?: string } | undefined;
  return {
    path: session.path,
    name: corpus.name,
    documents: corpus.ids.length,
    topics: [...state.topics],
    outliers: state.labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0),
    empty: corpus.empty.length,
    truncated: own?.truncated ?? 0,
    skipped: corpus.skipped.length,
    predicted: rowsAssigned(state, 'transform'),
    seed: session.seed,
    minTopicSize: state.edit.clustered?.minTopicSize ?? sizeOfRun(manifest),
    reasons: reasonsInForce(session),
    model: params.embed.model,
    device: device?.name ?? '',
    embedding: params.embed.embedding,
    undoable: entries.filter((entry) => !entry.undone).length,
    redoable: entries.filter((entry) => entry.undone).length,
    seconds: (manifest.seconds as ProjectSummary['seconds'] | undefined) ?? {},
    labels: [...new Set(corpus.labels?.filter((label) => label !== null) ?? [])].sort(),
    hasDates: corpus.dates !== null,
    manifest,
  };
}

/** The smallest size of a topic that the run chose or was asked for. */
function sizeOfRun(manifest: Record<string, unknown>): number | null {
  const chosen = manifest.chosen as { cluster?: { minTopicSize?: unknown } } | undefined;
  const size = chosen?.cluster?.minTopicSize;
  return typeof size === 'number' && size > 0 ? size : null;
}
