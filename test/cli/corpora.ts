import { readFileSync, writeFileSync } from 'node:fs';
import { Random } from '../../core/base/random.ts';
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

const subjects = {
  sea: 'ship sailor harbour wave tide anchor captain ocean mast storm deck island'.split(' '),
  kitchen: 'bread oven flour butter recipe onion garlic sauce pepper boil knife plate'.split(' '),
  sky: 'planet telescope orbit star comet galaxy moon eclipse astronomer rocket crater nebula'.split(' '),
  garden: 'tulip spade compost hedge seedling prune weed greenhouse soil rose lawn blossom'.split(' '),
};
export type Subject = keyof typeof subjects;

/** Documents on chosen subjects, their words drawn by chance; `turn` gives others on the same subject. */
export function writeSubjects(file: string, chosen: readonly Subject[], each: number, turn: number): string {
  const lines = ['id,text,label'];
  for (const subject of chosen) {
    const random = new Random(turn).fork(subject);
    const words = subjects[subject];
    const draw = (): string => words[random.integer(words.length)];
    for (let d = 0; d < each; d++) {
      const [first, second] = [4, 5].map((n) => Array.from({ length: n }, draw));
      lines.push(
        `${subject}-${d},"The ${first.join(' and the ')}, with a ${second.join(' near the ')}.",${subject}`,
      );
    }
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
