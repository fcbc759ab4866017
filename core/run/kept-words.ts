import { cuttingParams, type CorpusWords, type KeywordParams } from '../keywords/index.ts';
import { stageKey, type Project } from '../store/index.ts';

/** Raised when texts are cut into other words than before, or other words are taken for pieces of something that is none. */
const version = 2;

function wordsKey(corpusKey: string, params: KeywordParams): string {
  return stageKey('words', version, [corpusKey], cuttingParams(params));
}

/** Keeps a corpus' words in its project, so that an open project counts them without reading the texts. */
export async function keepWords(
  project: Project,
  corpusKey: string,
  params: KeywordParams,
  words: CorpusWords | null,
): Promise<void> {
  if (words !== null) await project.putResult('words', wordsKey(corpusKey, params), words);
}

/** The words that a project keeps of its corpus; null where it keeps none, or of other texts or another way of cutting them. */
export async function keptWords(project: Project, params: KeywordParams): Promise<CorpusWords | null> {
  const corpus = await project.savedCorpusKey();
  if (corpus === null) return null;
  return (await project.getResult<CorpusWords>('words', wordsKey(corpus, params))) ?? null;
}
