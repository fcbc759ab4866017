export { extractKeywords, topicKeywords } from './extract.ts';
export { keywordParams, type KeywordParams } from './params.ts';
export { vectorise, type Vectorised, type VocabularyEdits } from './vectorise.ts';
export { classTerms, groupByTopic, type ClassTerms } from './classes.ts';
export { ctfidf, inverseFrequency } from './ctfidf.ts';
export { detectLanguages, type LanguageShare } from './language.ts';
export { stopWordLanguages, stopWordList } from './stop-words.ts';
