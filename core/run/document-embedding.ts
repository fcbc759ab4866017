import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { InputError } from '../base/errors.ts';
import { checkMatrix } from '../base/matrix.ts';
import { readNpy } from '../base/npy.ts';
import type { StageContext } from '../base/progress.ts';
import { combine, embed, readCard, type EmbedParams, type EmbedRecipe } from '../embed/index.ts';
import { resolveModel } from '../models/resolve.ts';
import type { Corpus, Embedding } from '../stages.ts';
import { corpusKey, stageKey, type Project } from '../store/index.ts';

/** Raised when a document's row would come out differently than before. */
const version = 1;

export interface EmbeddingRequest {
  /** An .npy of embeddings to use instead of a model's, rows in the corpus' order. */
  readonly embeddings?: string | null;
}

/** An embedding and its key; the matrix itself is derived from the parts that are kept. */
export async function documentEmbedding(
  request: EmbeddingRequest,
  corpus: Corpus,
  params: EmbedParams,
  project: Project,
  context: StageContext,
): Promise<{ key: string; value: Embedding }> {
  const given = request.embeddings ?? null;
  const model = given === null ? await resolveModel(params, context) : '';
  const source = given === null ? (await readCard(model)).fingerprint : await fileDigest(given);
  const own = given === null ? { ...params, model: '' } : 'given';
  const key = stageKey('embed', version, [corpusKey(corpus), source], own);
  const kept = await project.getResult<Kept>('embed', key);
  if (kept !== undefined) {
    context.onProgress({ kind: 'progress', stage: 'embed', fraction: 1, text: 'kept from before' });
    return { key, value: restore(kept) };
  }
  const value =
    given === null
      ? await embed(corpus.texts, { ...params, model }, context)
      : await givenEmbedding(given, corpus);
  await keepEmbedding(project, key, value);
  return { key, value };
}

/** Keeps an embedding in a project: its parts, from which the matrix follows, or the matrix where it has none. */
export async function keepEmbedding(project: Project, key: string, value: Embedding): Promise<void> {
  const { matrix, ...parts } = value;
  await project.putResult('embed', key, {
    ...parts,
    matrix: value.hidden === null ? matrix : null,
  } satisfies Kept);
}

type Kept = Omit<Embedding, 'matrix'> & { readonly matrix: Embedding['matrix'] | null };

/** The embedding that a project keeps, as it was; undefined before the first run. */
export async function storedEmbedding(project: Project): Promise<Embedding | undefined> {
  const kept = await project.latestResult<Kept>('embed');
  return kept && restore(kept.value);
}

function restore({ matrix, ...parts }: Kept): Embedding {
  if (matrix !== null) return { ...parts, matrix };
  const { hidden, routing, tokens, recipe } = parts;
  if (hidden === null || routing === null)
    throw new InputError('The project’s embedding is incomplete; run it again with --overwrite.');
  const use = Uint8Array.from(tokens, (count) => (count > 0 ? 1 : 0));
  return { ...parts, matrix: combine(hidden, routing, use, (recipe as EmbedRecipe).combine) };
}

/** Embeddings from a file, one row a document. @throws InputError when rows and documents differ in number. */
export async function givenEmbedding(file: string, corpus: Pick<Corpus, 'ids'>): Promise<Embedding> {
  const matrix = checkMatrix(await readNpy(file), file);
  if (matrix.rows !== corpus.ids.length)
    throw new InputError(
      `${file} has ${matrix.rows} rows and the corpus ${corpus.ids.length} documents; give one row a document, in the corpus’ order.`,
    );
  return {
    matrix,
    hidden: null,
    routing: null,
    tokens: new Int32Array(matrix.rows),
    truncated: new Uint8Array(matrix.rows),
    recipe: { given: true },
    device: { name: 'none', why: 'embeddings were given' },
    seconds: 0,
  };
}

async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
  } catch (cause) {
    throw new InputError(`Can't read ${file}; check the path.`, { cause });
  }
  return hash.digest('hex');
}
