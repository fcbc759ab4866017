/** Languages whose months' names are known, as a day's date has them ("5 марта"). */
const languages = 'en en-GB de fr es it pt nl da sv nb fi pl cs ru uk tr ro id'.split(' ');

let known: Map<string, number> | null = null;

/** A month's number from its name or its short form, in any of the commonest European languages; 0 where it is none. */
export function monthOf(name: string): number {
  known ??= names();
  return known.get(plain(name)) ?? 0;
}

function names(): Map<string, number> {
  const found = new Map<string, number>();
  for (const language of languages)
    for (const style of ['long', 'short'] as const)
      for (const day of ['numeric', undefined] as const) {
        const format = new Intl.DateTimeFormat(language, { month: style, day, timeZone: 'UTC' });
        for (let month = 1; month <= 12; month++) {
          const parts = format.formatToParts(Date.UTC(2024, month - 1, 15));
          const name = plain(parts.find((part) => part.type === 'month')?.value ?? '');
          // What an earlier language has stays: no two of these disagree about a long name.
          if (/^\p{L}{3,}$/u.test(name) && !found.has(name)) found.set(name, month);
        }
      }
  return found;
}

/** Without case, accents and a short form's point. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}|\.$/gu, '');
}
