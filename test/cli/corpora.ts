import { writeFileSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import { writeSmallCorpus } from './cli.ts';

/** The small corpus with a date on every document but three: January to April 2024. */
export function writeDatedCorpus(file: string, each = 40): string {
  writeSmallCorpus(file, each);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const dated = lines.map((line, i) => {
    if (i === 0) return `${line},date`;
    const day = (i * 7) % 120;
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    return `${line},${i <= 3 ? '' : date}`;
  });
  writeFileSync(file, `${dated.join('\n')}\n`);
  return file;
}
