/** The engine speaks English, the same to all three doors: a sentence is found by its pattern, and its values are put into ours. */
import { checks } from './checks.ts';
import { corpora } from './corpora.ts';
import { models } from './models.ts';
import { projects } from './projects.ts';
import { reasons } from './reasons.ts';
import { runs } from './runs.ts';
import { steps } from './steps.ts';
import { tokenisers } from './tokenisers.ts';

/** Why sizes are so: the report tells it, too, so it lies with the report. */
const sizes = Object.values(
  import.meta.glob<[string, string][]>('../../../assets/report/reasons.zh-CN.json', {
    import: 'default',
    eager: true,
  }),
).flat();

/** English sentence with {} for each value; the Chinese one with {1}, {2} … in whatever order. */
export const engineSentences: readonly (readonly [string, string])[] = [
  ...corpora,
  ...projects,
  ...models,
  ...runs,
  ...sizes,
  ...reasons,
  ...checks,
  ...steps,
  ...tokenisers,
];

interface Pattern {
  readonly regex: RegExp;
  readonly chinese: string;
}

let patterns: Pattern[] | null = null;

export function inChinese(sentence: string): string {
  patterns ??= compile();
  for (const { regex, chinese } of patterns) {
    const values = regex.exec(sentence);
    // What stands in a place may be a sentence itself: the reason of a reason.
    if (values)
      return chinese.replace(/\{(\d)\}/g, (_all, n: string) => {
        const value = values[Number(n)] ?? '';
        return value.length < sentence.length ? inChinese(value) : value;
      });
  }
  return sentence;
}

/** Longer sentences first: "{} {}; …" fits what a more exact one says, too. */
function compile(): Pattern[] {
  const literal = (english: string): number => english.replaceAll('{}', '').length;
  return [...engineSentences]
    .sort(([a], [b]) => literal(b) - literal(a))
    .map(([english, chinese]) => {
      const parts = english.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      return { regex: new RegExp(`^${parts.join('([\\s\\S]*?)')}$`, 'u'), chinese };
    });
}
