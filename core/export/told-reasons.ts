import { readFile } from 'node:fs/promises';
import type { Language } from '../base/language.ts';
import { assetPath } from '../base/paths.ts';

/**
 * Why topics have their sizes, told in English, in the report's language. The sentences lie in assets, since the window,
 * which shows the same ones, may know nothing of core.
 */
export async function toldReasons(sentences: readonly string[], language: Language): Promise<string[]> {
  if (language === 'en' || sentences.length === 0) return [...sentences];
  const text = await readFile(assetPath('report', `reasons.${language}.json`), 'utf8');
  const patterns = (JSON.parse(text) as [string, string][]).map(([english, told]) => {
    const parts = english.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return { regex: new RegExp(`^${parts.join('(.+?)')}$`, 'u'), told };
  });
  return sentences.map((sentence) => {
    for (const { regex, told } of patterns) {
      const values = regex.exec(sentence);
      if (values) return told.replace(/\{(\d)\}/g, (_place, n: string) => values[Number(n)]);
    }
    return sentence;
  });
}
