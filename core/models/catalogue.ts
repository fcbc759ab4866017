import type { ModelEntry, ModelFigure } from '../protocol.ts';

/** A model worth knowing, with what its makers and others published of it. */
export interface CatalogueModel {
  /** `owner/name` on the hub. */
  readonly hub: string;
  readonly family: string;
  /** As its repository states it. */
  readonly license: string;
  /** Published, rounded as there. */
  readonly parameters: ModelEntry['parameters'];
  readonly experts: NonNullable<ModelEntry['experts']>;
  readonly gate: string;
  /** Bytes of a parameter in the download. */
  readonly storedBytes: number;
  /** ISO 639-1; ['*'] for about a hundred. */
  readonly languages: readonly string[];
  readonly figures: readonly ModelFigure[];
}

const moee = 'MoEE, arXiv 2410.10814';
const nomic = 'Nomic’s model card';

const figure = (what: string, value: number, by: string): ModelFigure => ({ what, value, by });

/**
 * Parameters, licences and languages are those of the models' cards on the hub and of their papers (OLMoE arXiv 2409.02060, DeepSeek-V2
 * arXiv 2405.04434, Mixtral arXiv 2401.04088, Qwen3 arXiv 2505.09388, gpt-oss arXiv 2508.10925, nomic-embed-v2 arXiv 2502.07972). Figures are
 * those of the source that each names; a model without any has none published for clustering that we know of.
 */
export const catalogue: readonly CatalogueModel[] = Object.freeze([
  {
    hub: 'nomic-ai/nomic-embed-text-v2-moe',
    family: 'nomic-bert-moe',
    license: 'apache-2.0',
    parameters: { total: 475e6, active: 305e6 },
    experts: { count: 8, active: 2, layers: 6 },
    gate: 'sparse, softmax top-2 of 8',
    storedBytes: 4,
    languages: ['*'],
    figures: [figure('BEIR, nDCG@10', 52.86, nomic), figure('MIRACL, nDCG@10', 65.8, nomic)],
  },
  {
    hub: 'ibm-granite/granite-3.1-1b-a400m-base',
    family: 'granite-moe',
    license: 'apache-2.0',
    parameters: { total: 1.3e9, active: 400e6 },
    experts: { count: 32, active: 8, layers: 24 },
    gate: 'sparse, softmax top-8 of 32, renormalised',
    storedBytes: 2,
    languages: ['en', 'de', 'es', 'fr', 'ja', 'pt', 'ar', 'cs', 'it', 'ko', 'nl', 'zh'],
    figures: [],
  },
  {
    hub: 'allenai/OLMoE-1B-7B-0924',
    family: 'olmoe',
    license: 'apache-2.0',
    parameters: { total: 6.9e9, active: 1.3e9 },
    experts: { count: 64, active: 8, layers: 16 },
    gate: 'sparse, softmax top-8 of 64',
    storedBytes: 2,
    languages: ['en'],
    figures: [
      figure('V-measure, 20 Newsgroups, concat, PromptEOL', 41.23, moee),
      figure('V-measure, 20 Newsgroups, HS, PromptEOL', 38.96, moee),
      figure('MTEB clustering, mean, concat, PromptEOL', 33.92, moee),
    ],
  },
  {
    hub: 'Qwen/Qwen1.5-MoE-A2.7B',
    family: 'qwen2-moe',
    license: 'tongyi-qianwen',
    parameters: { total: 14.3e9, active: 2.7e9 },
    experts: { count: 60, active: 4, layers: 24 },
    gate: 'sparse, softmax top-4 of 60',
    storedBytes: 2,
    languages: ['en'],
    figures: [
      figure('MTEB clustering, mean, HS, PromptEOL', 29.5, moee),
      figure('MTEB clustering, mean, concat, PromptEOL', 27.18, moee),
    ],
  },
  {
    hub: 'deepseek-ai/DeepSeek-V2-Lite',
    family: 'deepseek-v2',
    license: 'deepseek',
    parameters: { total: 15.7e9, active: 2.4e9 },
    experts: { count: 64, active: 6, layers: 26 },
    gate: 'sparse, softmax top-6 of 64',
    storedBytes: 2,
    languages: ['en', 'zh'],
    figures: [],
  },
  {
    hub: 'openai/gpt-oss-20b',
    family: 'gpt-oss',
    license: 'apache-2.0',
    parameters: { total: 20.9e9, active: 3.6e9 },
    experts: { count: 32, active: 4, layers: 24 },
    gate: 'sparse, softmax top-4 of 32, renormalised',
    // 12.8 GiB (its model card): experts in MXFP4, the rest in bfloat16.
    storedBytes: (12.8 * 2 ** 30) / 20.9e9,
    languages: ['en'],
    figures: [],
  },
  {
    hub: 'Qwen/Qwen3-30B-A3B',
    family: 'qwen3-moe',
    license: 'apache-2.0',
    parameters: { total: 30.5e9, active: 3.3e9 },
    experts: { count: 128, active: 8, layers: 48 },
    gate: 'sparse, softmax top-8 of 128, renormalised',
    storedBytes: 2,
    languages: ['*'],
    figures: [],
  },
  {
    hub: 'mistralai/Mixtral-8x7B-v0.1',
    family: 'mixtral',
    license: 'apache-2.0',
    parameters: { total: 46.7e9, active: 12.9e9 },
    experts: { count: 8, active: 2, layers: 32 },
    gate: 'sparse, softmax top-2 of 8, renormalised',
    storedBytes: 2,
    languages: ['en', 'fr', 'de', 'es', 'it'],
    figures: [],
  },
] satisfies CatalogueModel[]);

/** What is offered for a corpus in a language that the chosen model doesn't know. */
export const multilingualModel = catalogue[0].hub;

/** The model of the list that a name means: `owner/name`, or the name alone. */
export function inCatalogue(name: string): CatalogueModel | undefined {
  const wanted = name.toLowerCase();
  return catalogue.find(
    ({ hub }) => hub.toLowerCase() === wanted || hub.split('/')[1].toLowerCase() === wanted,
  );
}
