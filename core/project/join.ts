import type { StageContext } from '../base/progress.ts';
import { joinCorpora } from '../corpus/index.ts';
import { inSpaceOf, joinEmbeddings, stack } from './joined-embedding.ts';
import type { MadeProject } from './made-project.ts';
import type { RunState } from '../run/pipeline.ts';
import { editedTable, wordModel } from './topics.ts';
import { transformRows } from '../reduce/index.ts';
import { seedMultiplierOf } from '../run/seed-words.ts';
import type { Session } from './session.ts';
import { column, concat, pickRows, rowsWithText, spread } from '../run/spread.ts';
import type { Corpus, Embedding, Reduction } from '../stages.ts';
import { TermCounts } from '../run/term-counts.ts';
import type { TopicRecord, TopicState } from '../topics/index.ts';

/** Documents that come to a project, each with its topic in the project's ids. */
export interface Newcomers {
  readonly corpus: Corpus;
  /** As it came; it is brought into the project's space here. */
  readonly embedding: Embedding;
  readonly labels: Int32Array;
  readonly assignedBy: Uint8Array;
  readonly probabilities: Float64Array;
  readonly outlierScores: Float64Array;
  /** Topics that the project has not got yet. */
  readonly added: readonly TopicRecord[];
  readonly nextId: number;
}

/**
 * A project with more documents: the corpora one below the other, the newcomers placed into the kept layout, names and pins of
 * the project kept, and its words counted anew. The project itself stays as it is.
 * @throws InputError when the embeddings are not of the same model and settings; CancelledError.
 */
export async function withNewcomers(
  session: Session,
  newcomers: Newcomers,
  context: StageContext,
): Promise<Omit<MadeProject, 'command' | 'more'> & { renamed: number }> {
  const { state, params } = session;
  const own = await session.embedding();
  const other = inSpaceOf(own, newcomers.embedding);
  const { corpus, renamed } = joinCorpora(session.corpus, newcomers.corpus);
  const embedding = joinEmbeddings(own, other);
  const { reduction, x, y } = await placed(session, own, other, newcomers.corpus, context);
  const edit: TopicState = {
    ...state.edit,
    labels: concat(state.labels, newcomers.labels),
    assignedBy: concat(state.edit.assignedBy, newcomers.assignedBy),
    topics: [...state.edit.topics, ...newcomers.added].sort((a, b) => a.id - b.id),
    nextId: newcomers.nextId,
    // No clustering of all these documents gives these topics: nothing may be looked up in one.
    clustered: undefined,
  };
  const counts = new TermCounts(corpus.texts, () => params.keywords);
  const terms = await counts.of(edit.vocabulary);
  const topics = await editedTable(
    edit,
    {
      terms,
      ids: corpus.ids,
      duplicateOf: corpus.duplicateOf,
      embedWords: await wordModel(session, context),
      embedding: embedding.matrix,
    },
    seedMultiplierOf(params, terms),
    context,
  );
  const made: RunState = {
    topics,
    labels: edit.labels,
    edit,
    probabilities: concat(state.probabilities, newcomers.probabilities),
    outlierScores: concat(state.outlierScores, newcomers.outlierScores),
    x: concat(state.x, x),
    y: concat(state.y, y),
  };
  return { corpus, embedding, reduction, state: made, params, seed: session.seed, renamed };
}

/** The newcomers in the project's layout, and the layout with them. */
async function placed(
  session: Session,
  own: Embedding,
  other: Embedding,
  corpus: Corpus,
  context: StageContext,
): Promise<{ reduction: Reduction | null; x: Float32Array; y: Float32Array }> {
  const kept = await session.reduction();
  const documents = corpus.ids.length;
  const rows = rowsWithText(documents, corpus.empty);
  const nowhere = new Float32Array(documents).fill(NaN);
  if (kept === undefined) return { reduction: null, x: nowhere, y: nowhere };
  if (rows.length === 0) return { reduction: kept, x: nowhere, y: nowhere };
  const known = rowsWithText(session.corpus.ids.length, session.corpus.empty);
  const input = pickRows(own.matrix, known);
  const added = pickRows(other.matrix, rows);
  const found = await transformRows({ ...kept, input }, added, context);
  const [x, y] = [0, 1].map((c) => spread(column(found.map, c), rows, documents, NaN));
  return {
    reduction: {
      ...kept,
      components: stack(kept.components, found.components),
      map: stack(kept.map, found.map),
    },
    x,
    y,
  };
}
