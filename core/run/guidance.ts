import { existsSync, readFileSync } from 'node:fs';
import { InputError, UsageError } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import { seedMultiplierOf, type WeighedParams } from './seed-words.ts';
import type { ReductionExtras } from '../reduce/index.ts';
import type { RunParams } from './params.ts';
import { pickRows, spread } from './spread.ts';
import type { Clustering, Corpus, DocumentTerms } from '../stages.ts';
import {
  guide,
  joinZeroShot,
  labelsAsTopics,
  zeroShot,
  type GuideParams,
  type ZeroShot,
} from '../topics/index.ts';

/** Parts of what people gave: separated by semicolons, or the lines of a file. */
function parts(given: string): string[] {
  const text = existsSync(given) ? readFileSync(given, 'utf8').replaceAll(/\r?\n/g, ';') : given;
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Parameters with the contents of files in place of their names, so that a project needs no other file. */
export function resolveGuide(params: GuideParams): GuideParams {
  if (params.topicColumn !== '' && params.zeroShot !== '')
    throw new UsageError(
      'Topics are either given by a column or found by their names; leave one of the two out.',
    );
  return {
    ...params,
    seedWords: parts(params.seedWords).join('; '),
    zeroShot: parts(params.zeroShot).join('; '),
  };
}

/** What guides a run: its stages ask it at every step, and without any guidance get back what they gave. */
export interface Guidance {
  /** What the steps' kept results depend on beside their own parameters; null without guidance. */
  readonly layoutKey: unknown;
  readonly clusterKey: unknown;
  /** Embeddings as the layout should see them, and the labels that it should keep together. */
  readonly layout: (rows: Int32Array) => { input: Matrix; extras: ReductionExtras };
  /** Clusters of the documents with text: given, found, or partly both. */
  readonly cluster: (
    components: Matrix,
    rows: Int32Array,
    find: (input: Matrix) => Promise<Clustering>,
  ) => Promise<Clustering>;
  /** Names that people gave to topics of a clustering that `cluster` made, now or before. */
  readonly names: (clustering: Clustering) => ReadonlyMap<number, string>;
  /** Whether every topic comes from clustering all documents: only then can new ones be predicted. */
  readonly clustersAll: boolean;
  readonly weighed: (terms: DocumentTerms) => WeighedParams;
}

/**
 * Reads what people know of the topics: seed words (BERTopic's guided topics), names (zero-shot), a partly filled column
 * (semi-supervised), or a column with the topics (manual).
 * @param embedTexts embeds words as the documents were; null where embeddings were given.
 * @throws InputError when words have to be embedded and can't be, or there is no such column.
 */
export async function readGuidance(
  params: RunParams,
  corpus: Corpus,
  embedding: Matrix,
  embedTexts: ((texts: readonly string[]) => Promise<Matrix>) | null,
): Promise<Guidance> {
  const own = params.guide;
  const lists = parts(own.seedWords);
  const names = parts(own.zeroShot);
  const vectors = async (texts: string[], what: string): Promise<Matrix> => {
    if (embedTexts === null)
      throw new InputError(
        `${what} have to be embedded like the documents, whose embeddings were given; run with a model, or leave them out.`,
      );
    return embedTexts(texts);
  };
  const drawn = lists.length > 0 ? guide(embedding, await vectors(lists, 'Seed words')) : null;
  const targets = own.targetColumn === '' ? null : labelsAsTopics(columnOf(corpus, own.targetColumn)).labels;
  const given = own.topicColumn === '' ? null : labelsAsTopics(columnOf(corpus, own.topicColumn));
  const named =
    names.length > 0
      ? zeroShot(embedding, await vectors(names, 'Topic names'), own.zeroShotSimilarity)
      : null;
  const guided = lists.length > 0 || targets !== null;
  return {
    layoutKey: guided ? [lists, own.targetColumn, own.targetWeight] : null,
    clusterKey: given ? own.topicColumn : named ? [names, own.zeroShotSimilarity] : null,
    layout: (rows) => {
      // A column that a person filled in says more than words that were guessed to fit.
      const labels = targets ?? drawn?.seeded;
      return {
        input: pickRows(drawn?.matrix ?? embedding, rows),
        extras: labels
          ? {
              targets: rows.map((r) => labels[r]),
              targetWeight: own.targetWeight,
              passLabelsOn: targets !== null,
            }
          : {},
      };
    },
    cluster: async (components, rows, find) => {
      if (given) return givenClusters(rows, given.labels, own.topicColumn);
      if (!named) return find(components);
      return namedClusters(components, rows, named, names, find);
    },
    names: ({ recipe }) =>
      new Map(given ? given.names.entries() : ((recipe.named ?? []) as [number, string][])),
    clustersAll: !given && !named,
    weighed: (terms) => seedMultiplierOf(params, terms),
  };
}

/** @throws InputError when the corpus lacks a column that should guide, before anything is written. */
export function checkGuide({ targetColumn, topicColumn }: GuideParams, corpus: Corpus): void {
  for (const name of [targetColumn, topicColumn]) if (name !== '') columnOf(corpus, name);
}

function columnOf(corpus: Corpus, name: string): readonly (string | null)[] {
  const column = corpus.columns.find((c) => c.name === name);
  if (column === undefined)
    throw new InputError(
      `The corpus has no column ${name}; it has ${corpus.columns.map((c) => c.name).join(', ')}.`,
    );
  if (column.values.every((value) => value === null || value.trim() === ''))
    throw new InputError(`The column ${name} is empty; fill in at least some of its values.`);
  return column.values.map((value) => value?.trim() ?? null);
}

function givenClusters(rows: Int32Array, labels: Int32Array, column: string): Clustering {
  const own = rows.map((r) => labels[r]);
  return {
    labels: own,
    probabilities: Float64Array.from(own, (label) => (label < 0 ? 0 : 1)),
    outlierScores: new Float64Array(own.length),
    condensedTree: null,
    recipe: { clusterer: 'none', why: `The topics are those of the column ${column}.` },
  };
}

/** Named topics first, then clusters of the documents that no name took. */
async function namedClusters(
  components: Matrix,
  rows: Int32Array,
  named: ZeroShot,
  names: readonly string[],
  find: (input: Matrix) => Promise<Clustering>,
): Promise<Clustering> {
  const own = {
    assigned: rows.map((r) => named.assigned[r]),
    similarity: Float32Array.from(rows, (r) => named.similarity[r]),
  };
  const rest = Int32Array.from(own.assigned.keys()).filter((i) => own.assigned[i] < 0);
  const clustered = rest.length > 0 ? await find(pickRows(components, rest)) : null;
  const joined = joinZeroShot({ ...own, rest }, names, clustered?.labels ?? new Int32Array());
  const share = (values: Float64Array | undefined, fill: number): Float64Array =>
    values ? spread(values, rest, rows.length, fill) : new Float64Array(rows.length).fill(fill);
  const taken = rows.length - rest.length;
  return {
    labels: joined.labels,
    probabilities: share(clustered?.probabilities, 1),
    outlierScores: share(clustered?.outlierScores, 0),
    condensedTree: null,
    recipe: {
      ...clustered?.recipe,
      zeroShot: { documents: taken, unused: joined.unused },
      named: [...joined.names],
    },
  };
}
