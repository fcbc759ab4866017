/**
 * Lines such as "automobile = car": each variant is counted as the term; nothing behind "=" takes an entry out.
 * `wrong` is the first line that says neither.
 */
export function parseThesaurus(text: string): { entries: Record<string, string>; wrong: string | null } {
  const entries: Record<string, string> = {};
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const parts = line.split(/=|→/).map((part) => part.trim().toLowerCase());
    if (parts.length !== 2 || parts[0] === '') return { entries, wrong: line.trim() };
    for (const variant of parts[0].split(',')) if (variant.trim() !== '') entries[variant.trim()] = parts[1];
  }
  return { entries, wrong: null };
}
