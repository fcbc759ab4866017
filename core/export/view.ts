import type { AssignedBy, ColumnRoles, Corpus, CorpusColumn, SkippedRow, Topic } from '../stages.ts';

/**
 * What the exports show: plain data, made by the pipeline from memory or from a project. Index i is the same document in
 * every column and array.
 */
export interface ProjectView {
  readonly name: string;
  readonly source: string;
  readonly ids: readonly string[];
  readonly texts: readonly string[];
  readonly columns: readonly CorpusColumn[];
  readonly roles: ColumnRoles;
  readonly skipped: readonly SkippedRow[];
  /** In the order in which topics.csv lists them. */
  readonly topics: readonly Topic[];
  /** −1 is an outlier or a document without text. */
  readonly labels: Int32Array;
  readonly probabilities: Float32Array | Float64Array;
  /** Null: all by the fit. */
  readonly assignedBy: readonly AssignedBy[] | null;
  /** Places on the map; NaN where a document has none. Null before a map was made. */
  readonly x: Float32Array | null;
  readonly y: Float32Array | null;
  readonly seed: number;
  /** Why the topics have their sizes, in English. */
  readonly reasons: readonly string[];
  /** Parameters, versions, device: run.json. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** Everything of a view that comes from the corpus. */
export function corpusView(
  corpus: Corpus,
): Pick<ProjectView, 'name' | 'source' | 'ids' | 'texts' | 'columns' | 'roles' | 'skipped'> {
  const { name, source, ids, texts, columns, roles, skipped } = corpus;
  return { name, source, ids, texts, columns, roles, skipped };
}

/** The same with only these documents, in the order given, and only the topics that they are in. */
export function partOfView(view: ProjectView, rows: readonly number[]): ProjectView {
  const floats = (values: Float32Array | Float64Array): Float64Array =>
    Float64Array.from(rows, (row) => values[row]);
  const places = (values: Float32Array | null): Float32Array | null =>
    values && Float32Array.from(rows, (row) => values[row]);
  const labels = Int32Array.from(rows, (row) => view.labels[row]);
  const there = new Set(labels);
  return {
    ...view,
    ids: rows.map((row) => view.ids[row]),
    texts: rows.map((row) => view.texts[row]),
    columns: view.columns.map(({ name, values }) => ({ name, values: rows.map((row) => values[row]) })),
    skipped: [],
    topics: view.topics.filter((topic) => there.has(topic.id)),
    labels,
    probabilities: floats(view.probabilities),
    assignedBy: view.assignedBy && rows.map((row) => view.assignedBy![row]),
    x: places(view.x),
    y: places(view.y),
  };
}

/** The name of a topic, by its id; empty for one that has none. */
export function topicNames(topics: readonly Topic[]): ReadonlyMap<number, string> {
  return new Map(topics.map((topic) => [topic.id, topic.name]));
}

/** The corpus' own columns but the id, each under a name that no other column of documents.csv has. */
export function ownColumns(view: Pick<ProjectView, 'columns' | 'roles'>): CorpusColumn[] {
  const taken = new Set<string>(documentColumns);
  return view.columns
    .filter((column) => column.name !== view.roles.id)
    .map(({ name, values }) => {
      let free = name;
      while (taken.has(free)) free = `corpus_${free}`;
      taken.add(free);
      return { name: free, values };
    });
}

/** The columns of documents.csv before the corpus' own. */
export const documentColumns = ['id', 'topic', 'name', 'probability', 'assigned_by', 'x', 'y'] as const;

export const topicColumns = [
  'topic',
  'count',
  'share',
  'name',
  'keywords',
  'weights',
  'representative_ids',
] as const;

/** `run.json` without where this machine keeps things: whoever is given it reads no folder of somebody's. */
export function withoutPlaces({ manifest }: Pick<ProjectView, 'manifest'>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(manifest)
      .filter(([name]) => name !== 'out')
      .map(([name, value]) => [
        name,
        name === 'parameters' || name === 'chosen' ? withoutFolder(value) : value,
      ]),
  );
}

/** The same without what the run took: the same input, parameters and seed give the same bytes. */
export function madeWith(view: Pick<ProjectView, 'manifest'>): Record<string, unknown> {
  const measured = new Set(['seconds', 'peak_bytes']);
  return Object.fromEntries(Object.entries(withoutPlaces(view)).filter(([name]) => !measured.has(name)));
}

/** The stages' records with the model by its name. */
function withoutFolder(stages: unknown): unknown {
  const { embed } = (stages ?? {}) as { embed?: { model?: unknown } };
  if (typeof embed?.model !== 'string') return stages;
  const name = embed.model.split(/[\\/]/).findLast((part) => part !== '');
  return { ...(stages as object), embed: { ...embed, model: name ?? embed.model } };
}
