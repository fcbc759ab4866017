/** What people take away: CSV, Parquet, JSON, one HTML file, a ZIP of all of it. */
export { corpusView, documentColumns, partOfView, topicColumns, type ProjectView } from './view.ts';
export { documentsCsv, skippedCsv, topicsCsv } from './tables.ts';
export { writeCsv, csvCell, csvLines, type CsvCell, type CsvOptions } from './csv.ts';
export { sixDecimals, sixDigits } from './numbers.ts';
export { exportParquet } from './parquet.ts';
export { exportJson } from './json.ts';
export { exportHtml, type HtmlOptions } from './html.ts';
export { exportCompareHtml, type ComparedMap, type CompareHtmlOptions } from './compare-html.ts';
export { writeTextFile } from './text-file.ts';
export { exportZip } from './everything.ts';
export { writeZip, type ZipEntry } from './zip.ts';
export { plotlySource } from './drawing-library.ts';
