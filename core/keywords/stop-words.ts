import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { assetPath } from '../base/paths.ts';
import { UsageError } from '../base/errors.ts';

let languages: readonly string[] | null = null;

/** Two-letter codes of the languages that have a list. */
export function stopWordLanguages(): readonly string[] {
  languages ??= readdirSync(assetPath('stop-words'))
    .filter((file) => /^[a-z]{2}\.txt$/.test(file))
    .map((file) => file.slice(0, 2))
    .sort();
  return languages;
}

/** The list of a language, as shipped; empty where there is none. */
export function stopWordList(language: string): string[] {
  if (!stopWordLanguages().includes(language)) return [];
  return lines(assetPath('stop-words', `${language}.txt`));
}

/**
 * The words that the parameter `stopWords` asks for.
 * @param asked auto, none, a language's code, or a file with one word a line (# begins a comment).
 * @param found the corpus' languages, for auto.
 * @throws UsageError when it is neither a language with a list nor a file.
 */
export function stopWordsFor(asked: string, found: readonly string[]): string[] {
  if (asked === 'none') return [];
  if (asked === 'auto') return found.flatMap(stopWordList);
  if (stopWordLanguages().includes(asked)) return stopWordList(asked);
  if (!existsSync(asked))
    throw new UsageError(
      `No stop words for ${asked}: it is neither a file nor one of ${stopWordLanguages().join(', ')}; give one of them, or none.`,
    );
  if (statSync(asked).isDirectory())
    throw new UsageError(`The stop words ${asked} are a folder; give a file with one word a line.`);
  return lines(asked);
}

function lines(file: string): string[] {
  return readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim().toLowerCase())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
