import { existsSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../base/paths.ts';
import type { StageContext } from '../base/progress.ts';
import { guessLanguages } from '../corpus/index.ts';
import { readCard, type EmbedParams } from '../embed/index.ts';
import { multilingualModel } from './catalogue.ts';
import { resolveModel } from './resolve.ts';
import type { LanguageMisfit } from '../protocol.ts';
import type { ModelCard } from '../stages.ts';

/** Below this share of foreign texts a model's topics are still its own. */
const mostForeign = 0.2;

/**
 * Whether a corpus is (partly) in languages that a model doesn't know; null when it fits, or when nothing can be told.
 * @param texts of at most 1,000 of them, spread evenly, the languages are guessed
 */
export function languageMisfit(
  texts: readonly string[],
  card: Pick<ModelCard, 'name' | 'languages'>,
): LanguageMisfit | null {
  if (card.languages.length === 0 || card.languages.includes('*')) return null;
  const foreign = guessLanguages(texts.filter((text) => text.trim() !== '')).filter(
    ({ code }) => !card.languages.includes(code),
  );
  const share = foreign.reduce((sum, language) => sum + language.share, 0);
  const name = multilingualModel.split('/')[1];
  if (share < mostForeign || card.name === name) return null;
  const installed = existsSync(path.join(cacheFolder(), 'models', name, 'moetopic.json'));
  return {
    languages: foreign,
    share,
    model: card.name,
    understands: [...card.languages],
    suggestion: { name, hub: multilingualModel, installed },
  };
}

/** The same for the model that a run would use. @throws ModelError for a model that isn't there. */
export async function runMisfit(
  texts: readonly string[],
  params: EmbedParams,
  context: StageContext,
): Promise<LanguageMisfit | null> {
  return languageMisfit(texts, await readCard(await resolveModel(params, context)));
}

/** A misfit as the command line says it. */
export function misfitSentence({ languages, share, model, understands, suggestion }: LanguageMisfit): string {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  const list = (codes: readonly string[]): string =>
    new Intl.ListFormat('en', { type: 'conjunction' }).format(codes.map((code) => names.of(code) ?? code));
  const advice = suggestion.installed
    ? `use --model ${suggestion.name}, which reads about 100 languages`
    : `${suggestion.name} reads about 100 languages: moetopic models add ${suggestion.hub}, then --model ${suggestion.name}`;
  return `About ${Math.round(100 * share)} % of the texts are in ${list(languages.slice(0, 3).map(({ code }) => code))}, but ${model} understands only ${list(understands)}: documents will be grouped by spelling rather than by meaning (keywords work in every language); ${advice}.`;
}
