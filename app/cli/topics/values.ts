import { UsageError } from '../../../core/base/errors.ts';

/** A topic's number as a person writes it: with a hyphen or a minus sign for the outliers. */
const topicNumber = /^[-−]?\d{1,9}$/;

/** Numbers of topics, separated by commas. @throws UsageError for what is none. */
export function ids(text: string): number[] {
  return text.split(',').map((part) => {
    const id = part.trim();
    if (!topicNumber.test(id))
      throw new UsageError(
        `“${id}” is not a topic’s number; write one, or several as in 3,7 (moetopic topics PROJECT list shows them).`,
      );
    return Number(id.replace('−', '-'));
  });
}

/** The number of one topic. @throws UsageError for several, too. */
export function oneId(text: string): number {
  const [id, ...more] = ids(text);
  if (more.length > 0) throw new UsageError(`${text} are several topics; this takes one.`);
  return id;
}

export function number(flag: string, text: string): number {
  const value = Number(text.replace(/^\s*−/, '-'));
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError(`--${flag} “${text}” is not a number; give one.`);
  return value;
}

export function wholeNumber(flag: string, value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  const n = number(flag, value);
  if (Number.isInteger(n) && n >= 1) return n;
  throw new UsageError(`--${flag} ${value}: give a whole number, at least 1.`);
}

export function choice<T extends string>(
  flag: string,
  value: string | undefined,
  known: readonly T[],
  fallback: T,
): T {
  if (value === undefined) return fallback;
  const found = known.find((name) => name === value);
  if (found) return found;
  throw new UsageError(`--${flag} ${value}: choose one of ${known.join(', ')}.`);
}
