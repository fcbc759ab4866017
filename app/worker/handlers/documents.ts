import { UsageError } from '../../../core/base/errors.ts';
import { cosines, embedOne, largest, row as rowOf, tokenTopics, type Session } from '../../../core/index.ts';
import type { DocumentDetail } from '../../../core/protocol.ts';
import type { Call, Handlers } from '../call.ts';
import { documentRow, filterRows, sortRows } from '../documents.ts';

const nearestShown = 5;

export const documentHandlers: Handlers<
  'documents.list' | 'documents.rows' | 'documents.get' | 'documents.tokens' | 'documents.similar'
> = {
  'documents.list': async ({ filter, sort, descending, offset, limit }, { workspace }) => {
    const { session } = workspace;
    const rows = sortRows(session, filterRows(session, filter), sort, descending);
    const shown = Array.from(rows.subarray(offset, offset + limit), (row) => documentRow(session, row));
    return { total: rows.length, documents: shown };
  },

  'documents.rows': async ({ filter }, { workspace }) => ({ rows: filterRows(workspace.session, filter) }),

  'documents.get': async ({ row }, { workspace }) => detail(workspace.session, row),

  'documents.tokens': ({ row }, { workspace }) => tokenTopics(workspace.session, row),

  'documents.similar': async ({ text, row, limit }, { workspace, context }) => {
    const { session } = workspace;
    const vector = await queryVector(session, { text, row }, context);
    const { matrix } = await session.embedding();
    const similar = cosines(matrix, vector);
    const empty = new Set(session.corpus.empty);
    const rows = largest(similar, limit, (i) => i === row || empty.has(i));
    return { rows, similarities: Float32Array.from(rows, (r) => similar[r]) };
  },
};

/** The vector of a typed sentence or of a document. */
export async function queryVector(
  session: Session,
  query: { text?: string; row?: number },
  context: Call['context'],
): Promise<Float32Array> {
  const { matrix, recipe } = await session.embedding();
  if (query.row !== undefined) return rowOf(matrix, checkRow(session, query.row));
  if (recipe.given)
    throw new UsageError(
      'This project was run with given embeddings, so a sentence can’t be embedded in the same way.',
    );
  return embedOne(query.text ?? '', await session.embedParams(), context, recipe);
}

function checkRow(session: Session, row: number): number {
  if (row < session.corpus.ids.length) return row;
  throw new UsageError(
    `There is no document in row ${row}; the last one is ${session.corpus.ids.length - 1}.`,
  );
}

async function detail(session: Session, row: number): Promise<DocumentDetail> {
  const { corpus } = session;
  checkRow(session, row);
  const { matrix, truncated } = await session.embedding();
  const similar = cosines(matrix, rowOf(matrix, row));
  const first = corpus.duplicateOf[row];
  return {
    ...documentRow(session, row),
    text: corpus.texts[row],
    columns: Object.fromEntries(corpus.columns.map((column) => [column.name, column.values[row]])),
    truncated: truncated[row] === 1,
    duplicateOf: first < 0 ? null : corpus.ids[first],
    distribution: await session.distribution(row),
    nearest: Array.from(
      largest(similar, nearestShown, (i) => i === row),
      (other) => ({ row: other, similarity: similar[other] }),
    ),
  };
}
