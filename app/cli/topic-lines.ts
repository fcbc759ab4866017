import type { RunPartial, Topic } from '../../core/index.ts';

/** Keywords that a line has room for. */
const shownWords = 8;

/** Which columns were taken for which role, of those that nobody named; null where all were named. */
export function guessedColumns(
  roles: NonNullable<RunPartial['roles']>,
  asked: Readonly<Record<string, unknown>>,
): string | null {
  const guessed = (['text', 'id', 'date', 'label'] as const).filter((role) => asked[role] === undefined);
  if (guessed.length === 0) return null;
  const found = guessed.map((role) => `${role} ${roles[role] || 'none'}`);
  return `Columns guessed: ${found.join(', ')} (${guessed.map((role) => `--${role}`).join(', ')} to choose).`;
}

/** Topics as a person reads them in a terminal: number, documents, share, name where one was given, keywords; then the outliers. */
export function topicLines(topics: readonly Topic[], manifest: Record<string, unknown>): string {
  const documents = topics.reduce((sum, topic) => sum + topic.count, 0);
  const lines = topics.map((topic) => {
    const share = `${(topic.share * 100).toFixed(1)} %`;
    const id = topic.id < 0 ? '–' : String(topic.id);
    return `${id.padStart(4)} ${topic.count.toLocaleString('en').padStart(8)} ${share.padStart(7)}  ${inWords(topic)}`;
  });
  const found = topics.filter((topic) => topic.id >= 0).length;
  const seconds = (manifest.seconds as Record<string, number> | undefined)?.total;
  const time = seconds === undefined ? '' : ` in ${Math.round(seconds)} s`;
  return `${found} ${found === 1 ? 'topic' : 'topics'} in ${counted(documents)}${time}\n\n${lines.join('\n')}\n${ofCorpus(manifest)}`;
}

/** What of the corpus didn't take part, or not whole. */
function ofCorpus(manifest: Record<string, unknown>): string {
  const { empty = 0, truncated = 0 } =
    (manifest.corpus as { empty?: number; truncated?: number } | undefined) ?? {};
  const limit = (manifest.chosen as { embed?: { maxTokens?: number } } | undefined)?.embed?.maxTokens;
  const lines = [
    ...(empty > 0 ? [`${empty.toLocaleString('en')} of the outliers have no text to go by.`] : []),
    ...(truncated > 0
      ? [
          `Only the beginning of ${counted(truncated)} was embedded${limit ? ` (${limit} tokens)` : ''}: --long chunk reads all of it.`,
        ]
      : []),
  ];
  return lines.map((line) => `\n${line}\n`).join('');
}

function counted(documents: number): string {
  return `${documents.toLocaleString('en')} ${documents === 1 ? 'document' : 'documents'}`;
}

/** Keywords, after the name where it says more than they do: one that a person gave. */
function inWords({ id, name, keywords }: Topic): string {
  const words = keywords.map((k) => k.keyword);
  const shown = words.slice(0, shownWords).join(', ');
  if (id < 0) return `outliers: ${shown}`;
  if (name.split(' · ').every((part) => words.includes(part))) return shown;
  return shown === '' ? name : `${name}: ${shown}`;
}

/** One topic at length: its keywords with weights, the topics most like it, and its documents. */
export function topicAtLength(
  { name, count, share, id, keywords }: Topic,
  documents: readonly string[],
  nearest: readonly { readonly name: string; readonly id: number; readonly similarity: number }[],
): string {
  const lines = (title: string, inside: readonly string[]): string =>
    inside.length === 0 ? '' : `${title}\n${inside.map((line) => `    ${line}\n`).join('')}`;
  return [
    `${id < 0 ? '–' : id} ${name}: ${count.toLocaleString('en')} documents, ${(share * 100).toFixed(1)} %\n`,
    lines(
      'keywords',
      keywords.map((k) => `${k.weight.toFixed(4)} ${k.keyword}`),
    ),
    lines(
      'nearest topics',
      nearest.map((other) => `${other.similarity.toFixed(3)} ${other.id} ${other.name}`),
    ),
    lines('documents', documents),
  ].join('');
}
