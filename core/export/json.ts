import { writeTextFile } from './text-file.ts';
import { sixDecimals } from './numbers.ts';
import { madeWith, ownColumns, type ProjectView } from './view.ts';

/** A view as one JSON document, in pieces: what was run, the topics, and a line for each document. */
export function* jsonPieces(view: ProjectView): Generator<string> {
  const head = { name: view.name, source: view.source, seed: view.seed, manifest: madeWith(view) };
  yield `${JSON.stringify(head).slice(0, -1)},\n"topics":[`;
  for (const [i, topic] of view.topics.entries()) yield `${i ? ',' : ''}\n${JSON.stringify(topic)}`;
  yield '\n],\n"documents":[';
  const own = ownColumns(view);
  for (let i = 0; i < view.ids.length; i++) {
    const document = {
      id: view.ids[i],
      topic: view.labels[i],
      probability: sixDecimals(view.probabilities[i]),
      assigned_by: view.assignedBy?.[i] ?? 'fit',
      x: view.x && sixDecimals(view.x[i]),
      y: view.y && sixDecimals(view.y[i]),
      ...Object.fromEntries(own.map((column) => [column.name, column.values[i]])),
    };
    yield `${i ? ',' : ''}\n${JSON.stringify(document)}`;
  }
  yield '\n],\n"skipped":[';
  for (const [i, row] of view.skipped.entries()) yield `${i ? ',' : ''}\n${JSON.stringify(row)}`;
  yield '\n]}\n';
}

export function exportJson(view: ProjectView, file: string, signal?: AbortSignal): Promise<void> {
  return writeTextFile(file, jsonPieces(view), signal);
}
