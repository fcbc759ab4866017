import { ModelError } from '../../base/errors.ts';
import { compilePattern, literalPattern } from './pattern.ts';

/** A part of tokenizer.json. */
export type Json = Readonly<Record<string, unknown>>;

/** A key's text; `otherwise` where it is none. */
export function textOf(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise;
}

/** `{ "String": … }` or `{ "Regex": … }`. An empty string matches nothing. */
export function patternOf(value: unknown): RegExp {
  const p = value as { String?: string; Regex?: string } | string | null | undefined;
  const text = typeof p === 'string' ? p : p?.String;
  if (typeof text === 'string') return text === '' ? /(?!)/gu : literalPattern(text);
  if (typeof p === 'object' && typeof p?.Regex === 'string') return compilePattern(p.Regex);
  throw new ModelError('tokenizer.json has a pattern that is neither a string nor a regular expression.');
}
