import type { CsvCell, CsvOptions } from './csv.ts';
import { csvLines, writeCsv } from './csv.ts';
import { sixDecimals, sixDigits } from './numbers.ts';
import { documentColumns, ownColumns, topicColumns, topicNames, type ProjectView } from './view.ts';

/** Stands between the items of a list in one cell: needs no quotes, and words never hold it. */
const separator = '; ';

function* topicRows(view: ProjectView): Generator<CsvCell[]> {
  for (const topic of view.topics)
    yield [
      topic.id,
      topic.count,
      sixDecimals(topic.share),
      topic.name,
      topic.keywords.map((k) => k.keyword).join(separator),
      topic.keywords.map((k) => sixDigits(k.weight)).join(separator),
      topic.representatives.join(separator),
    ];
}

/** Rows of documents.csv: all, or those asked for. */
export function* documentRows(view: ProjectView, rows?: Iterable<number>): Generator<CsvCell[]> {
  const names = topicNames(view.topics);
  const own = ownColumns(view);
  for (const i of rows ?? view.ids.keys()) {
    const topic = view.labels[i];
    yield [
      view.ids[i],
      topic,
      names.get(topic) ?? '',
      sixDecimals(view.probabilities[i]),
      view.assignedBy?.[i] ?? 'fit',
      view.x && sixDecimals(view.x[i]),
      view.y && sixDecimals(view.y[i]),
      ...own.map((column) => column.values[i]),
    ];
  }
}

function documentHeader(view: ProjectView): string[] {
  return [...documentColumns, ...ownColumns(view).map((column) => column.name)];
}

/** topics.csv: one row a topic. Lists in a cell are separated by "; ". */
export function topicsCsv(view: ProjectView, file: string, options: CsvOptions = {}): Promise<void> {
  return writeCsv(file, topicColumns, topicRows(view), options);
}

/** documents.csv: one row a document in the corpus' order, or only the rows of a selection. */
export function documentsCsv(
  view: ProjectView,
  file: string,
  options: CsvOptions & { rows?: Iterable<number> } = {},
): Promise<void> {
  return writeCsv(file, documentHeader(view), documentRows(view, options.rows), options);
}

/** skipped.csv: the rows that could not be read, and why. */
export function skippedCsv(view: ProjectView, file: string, options: CsvOptions = {}): Promise<void> {
  return writeCsv(
    file,
    ['row', 'reason'],
    view.skipped.map((s) => [s.row, s.reason]),
    options,
  );
}

/** The three tables as lines, for an archive. */
export function csvTables(view: ProjectView, raw = false): { name: string; lines: Iterable<string> }[] {
  return [
    { name: 'topics.csv', lines: csvLines(topicColumns, topicRows(view), raw) },
    { name: 'documents.csv', lines: csvLines(documentHeader(view), documentRows(view), raw) },
    {
      name: 'skipped.csv',
      lines: csvLines(
        ['row', 'reason'],
        view.skipped.map((s) => [s.row, s.reason]),
        raw,
      ),
    },
  ];
}
