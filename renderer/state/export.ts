import type { Params } from '../../core/protocol.ts';
import { language, t } from '../i18n/index.ts';
import { bytes } from './format.ts';
import { engine } from './engine.ts';
import { report, tell } from './notices.ts';
import { get } from './store.ts';

export type ExportFormat = Params<'export'>['format'];

// What is written: CSV and Parquet are folders with several files in them.
const targets: Record<ExportFormat, { kind: 'file' | 'folder'; suffix: string }> = {
  csv: { kind: 'folder', suffix: '-csv' },
  parquet: { kind: 'folder', suffix: '-parquet' },
  json: { kind: 'file', suffix: '.json' },
  html: { kind: 'file', suffix: '.html' },
  zip: { kind: 'file', suffix: '.zip' },
  distributions: { kind: 'file', suffix: '-distributions.csv' },
  bertopic: { kind: 'folder', suffix: '-bertopic' },
  predicted: { kind: 'file', suffix: '-predicted.csv' },
  'selection-csv': { kind: 'file', suffix: '-selection.csv' },
  'selection-parquet': { kind: 'folder', suffix: '-selection-parquet' },
  'selection-json': { kind: 'file', suffix: '-selection.json' },
};

export async function exportAs(format: ExportFormat, rows: Int32Array | null = null): Promise<void> {
  const { project } = get();
  if (!project) return;
  const { kind, suffix } = targets[format];
  const name = `${project.name}${suffix}`;
  const { host } = engine();
  try {
    const path = await host.chooseTarget(name, kind);
    if (path === undefined) return;
    const written = await engine().request('export', {
      format,
      path,
      rows: rows && Array.from(rows),
      language: language(),
    });
    // A browser gets a folder as one archive.
    await host.deliver(written.path, kind === 'folder' && host.kind === 'browser' ? `${name}.zip` : name);
    tell(t('export.done', { name, size: bytes(written.bytes) }));
  } catch (error) {
    report(error);
  }
}
