import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { htmlPieces, type HtmlOptions } from './html.ts';
import { jsonPieces } from './json.ts';
import { exportParquet } from './parquet.ts';
import { csvTables } from './tables.ts';
import { withoutPlaces, type ProjectView } from './view.ts';
import { writeZip, type ZipEntry } from './zip.ts';

/** One ZIP of all exports: the CSV and Parquet tables, the JSON, the report and the run's manifest. */
export async function exportZip(view: ProjectView, file: string, options: HtmlOptions): Promise<void> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'moetopic-zip-'));
  const entries = async function* (): AsyncGenerator<ZipEntry> {
    for (const { name, lines } of csvTables(view)) yield { name, content: lines };
    await exportParquet(view, scratch, options.signal);
    for (const name of ['topics.parquet', 'documents.parquet'])
      yield { name, content: { file: path.join(scratch, name) } };
    yield { name: 'project.json', content: jsonPieces(view) };
    yield { name: 'report.html', content: await htmlPieces(view, options) };
    yield { name: 'run.json', content: [`${JSON.stringify(withoutPlaces(view), null, 2)}\n`] };
  };
  try {
    await writeZip(file, entries(), options.signal);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
