import type { StageContext } from './base/progress.ts';
import { type EmbedParams } from './embed/index.ts';
import type { Corpus, Embedding } from './stages.ts';
import { type Project } from './store/index.ts';
export interface EmbeddingRequest {
    /** An .npy of embeddings to use instead of a model's, rows in the corpus' order. */
    readonly embeddings?: string | null;
}
/** An embedding and its key; the matrix itself is derived from the parts that are kept. */
export declare function documentEmbedding(request: EmbeddingRequest, corpus: Corpus, params: EmbedParams, project: Project, context: StageContext): Promise<{
    key: string;
    value: Embedding;
}>;
/** The embedding that a project keeps, as it was; undefined before the first run. */
export declare function storedEmbedding(project: Project): Promise<Embedding | undefined>;
