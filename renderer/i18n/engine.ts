/** What the engine says (errors, progress) in the window's language; figures and reports it writes in it itself. */
import { language } from './index.ts';
import { inChinese } from './zh-engine/index.ts';

/** A sentence of the engine for the person; one that no catalogue knows stays as it is. */
export function said(sentence: string): string {
  return language() === 'zh-CN' ? inChinese(sentence) : sentence;
}
