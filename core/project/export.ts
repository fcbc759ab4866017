import path from 'node:path';
import { fillFolder } from '../base/atomic.ts';
import type { StageContext } from '../base/progress.ts';
import { UsageError } from '../base/errors.ts';
import {
  documentsCsv,
  exportHtml,
  exportJson,
  exportParquet,
  exportZip,
  partOfView,
  skippedCsv,
  topicsCsv,
} from '../export/index.ts';
import { figureWords, type FigureWords } from '../map/index.ts';
import type { ExportFormat } from '../protocol.ts';
import { themedFigure } from './figures.ts';
import { exportBertopic } from './export-bertopic.ts';
import { exportDistributions } from './export-distributions.ts';
import type { Session } from './session.ts';
import { sessionView } from './session-view.ts';

export interface ExportChoice {
  /** Documents of a selection, for the formats that begin with `selection-`. */
  readonly rows?: readonly number[] | null;
  /** Don't guard cells that a spreadsheet would run as formulas. */
  readonly raw?: boolean;
}

/** Writes an open project as it is now. `csv`, `bertopic` and the two kinds of `parquet` write into the folder `target`, the others one file. */
export async function exportSession(
  session: Session,
  format: ExportFormat,
  target: string,
  choice: ExportChoice,
  context: StageContext,
): Promise<void> {
  const { raw } = choice;
  const whole = sessionView(session);
  const view = format.startsWith('selection-') ? partOfView(whole, selected(choice)) : whole;
  const { signal } = context;
  switch (format) {
    case 'csv':
      return fillFolder(target, async (folder) => {
        await topicsCsv(view, path.join(folder, 'topics.csv'), { raw, signal });
        await documentsCsv(view, path.join(folder, 'documents.csv'), { raw, signal });
        if (view.skipped.length > 0) await skippedCsv(view, path.join(folder, 'skipped.csv'), { signal });
      });
    case 'selection-csv':
      return documentsCsv(view, target, { raw, signal });
    case 'parquet':
    case 'selection-parquet':
      return fillFolder(target, (folder) => exportParquet(view, folder, signal));
    case 'json':
    case 'selection-json':
      return exportJson(view, target, signal);
    case 'distributions':
      return exportDistributions(session, target, context, { raw });
    case 'bertopic':
      return fillFolder(target, (folder) => exportBertopic(session, folder));
    case 'html':
    case 'zip': {
      const options = {
        map: await themedFigure(session, 'map', context),
        figures: await reportFigures(session, context),
        language: context.language,
        signal,
      };
      return format === 'html' ? exportHtml(view, target, options) : exportZip(view, target, options);
    }
  }
}

function selected({ rows }: ExportChoice): readonly number[] {
  if (!rows) throw new UsageError('Nothing is selected; select documents on the map or in the list first.');
  return rows;
}

/** Figures below a report's map: those that this project has. */
async function reportFigures(session: Session, context: StageContext) {
  if (session.state.topics.filter((topic) => topic.id >= 0).length < 2) return [];
  const { labels, dates } = session.corpus;
  const { routing } = await session.embedding();
  const { titles } = figureWords(context.language);
  const names: (keyof FigureWords['titles'])[] = ['bars', 'sizes', 'hierarchy', 'similarity', 'distance'];
  if (dates?.some((date) => date !== null)) names.push('over-time');
  if (labels?.some((label) => label !== null)) names.push('per-class');
  if (routing !== null) names.push('experts');
  return Promise.all(
    names.map(async (name) => ({
      title: titles[name],
      figure: await themedFigure(session, name, context),
    })),
  );
}
