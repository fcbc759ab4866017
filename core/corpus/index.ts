/** The corpus room: files, folders and archives → documents, and what was skipped and why. */
export { corpusParams, stripChoices, type CorpusOptions, type CorpusParams, type Strip } from './params.ts';
export { guessLanguages } from './languages.ts';
export { loadTable, readCorpus } from './read.ts';
export { previewCorpus, warnings, type CorpusPreview } from './preview.ts';
export { fetch20Newsgroups, type FetchOptions } from './newsgroups.ts';
export { joinCorpora } from './join.ts';
