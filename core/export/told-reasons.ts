import { readFile } from 'node:fs/promises';
import type { Language } from '../base/language.ts';
import { assetPath } from '../base/paths.ts';

/**
 * Why a run has its sizes, as its manifest tells in English, in the report's language. The sentences lie in assets, since the
 * window, which shows the same ones, may know nothing of core.
 * @param reasons `manifest.reasons`; anything else, as in a manifest of other origin, is none.
 */
export async function toldReasons(reasons: unknown, language: Language): Promise<string[]> {
  const sentences = Array.isArray(reasons) ? reasons.filter((reason) => typeof reason === 'string') : [];
  if (language === 'en' || sentences.length === 0) return sentences;
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
