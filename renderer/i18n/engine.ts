/** What the engine says (errors, progress, figures) in the window's language. */
import type { PlotlyFigure } from '../../core/protocol.ts';
import { language } from './index.ts';
import { figureInChinese } from './zh-engine/figures.ts';
import { inChinese } from './zh-engine/index.ts';

/** A sentence of the engine for the person; one that no catalogue knows stays as it is. */
export function said(sentence: string): string {
  return language() === 'zh-CN' ? inChinese(sentence) : sentence;
}

export function figureSaid(figure: PlotlyFigure, spoken: string): PlotlyFigure {
  return spoken === 'zh-CN' ? figureInChinese(figure) : figure;
}
