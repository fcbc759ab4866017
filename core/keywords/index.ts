export { extractKeywords, refineKeywords, topicKeywords } from './extract.ts';
export { keywordParams, type KeywordParams } from './params.ts';
export {
  countWords,
  vectorise,
  vectoriseAndKeep,
  type Vectorised,
  type VocabularyEdits,
} from './vectorise.ts';
export { cuttingParams, type CorpusWords } from './corpus-words.ts';
export { classTerms, groupByTopic, type ClassTerms } from './classes.ts';
export { ctfidf, inverseFrequency, type CtfidfOptions } from './ctfidf.ts';
export { weighClasses, type WeighedClasses } from './weigh.ts';
export { termList } from './term-list.ts';
export { candidateTerms } from './candidates.ts';
export { tokenSequences } from './sequences.ts';
export { representativeDocuments } from './representatives.ts';
export { topicTerms } from './topic-terms.ts';
export { editTerms } from './edit.ts';
export { phraseTerms } from './phrases.ts';
export { topicName, OUTLIERS } from './names.ts';
export { detectLanguages, type LanguageShare } from './language.ts';
export { stopWordLanguages, stopWordList } from './stop-words.ts';
