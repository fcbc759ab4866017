import type { ThemedFigure } from '../protocol.ts';
import { inThemes } from './in-themes.ts';
import { madeWith, type ProjectView } from './view.ts';

export interface ReportOptions {
  /** Documents listed under each topic, the most probable first. */
  readonly documentsPerTopic?: number;
  /** Characters kept of each listed document. */
  readonly characters?: number;
}

/** A document in the report: row, id, text, probability. */
type ReportDocument = [row: number, id: string, text: string, probability: number];

/** The report's data as pieces of JSON that are safe within a script element. */
export function* reportData(
  view: ProjectView,
  map: ThemedFigure,
  figures: readonly { title: string; figure: ThemedFigure }[],
  reasons: readonly string[],
  options: ReportOptions,
): Generator<string> {
  const documents = listedDocuments(view, options.documentsPerTopic ?? 100, options.characters ?? 400);
  const data = {
    name: view.name,
    seed: view.seed,
    count: view.ids.length,
    skipped: view.skipped.length,
    outliers: view.labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0),
    manifest: madeWith(view),
    reasons,
    topics: view.topics,
    labels: view.labels,
  };
  yield `${scriptJson(data).slice(0, -1)},"map":${scriptJson(inThemes(map))},"figures":[`;
  for (const [i, { title, figure }] of figures.entries())
    yield `${i ? ',' : ''}${scriptJson({ title, figure: inThemes(figure) })}`;
  yield '],"documents":{';
  let first = true;
  for (const [topic, list] of documents) {
    yield `${first ? '' : ','}"${topic}":${scriptJson(list)}`;
    first = false;
  }
  yield '}}';
}

function listedDocuments(
  view: ProjectView,
  perTopic: number,
  characters: number,
): Map<number, ReportDocument[]> {
  const rows = new Map<number, number[]>();
  view.labels.forEach((label, i) => {
    const list = rows.get(label);
    if (list) list.push(i);
    else rows.set(label, [i]);
  });
  const p = view.probabilities;
  const listed = [...rows].sort(([a], [b]) => a - b);
  return new Map(
    listed.map(([topic, list]) => [
      topic,
      list
        .sort((a, b) => p[b] - p[a] || a - b)
        .slice(0, perTopic)
        .map((i): ReportDocument => [
          i,
          view.ids[i],
          beginning(view.texts[i], characters),
          Number(p[i].toFixed(3)),
        ]),
    ]),
  );
}

/** The first characters of a text, never half a surrogate pair. */
export function beginning(text: string, characters: number): string {
  if (text.length <= characters) return text;
  return `${text.slice(0, characters).replace(/[\ud800-\udbff]$/, '')}…`;
}

/**
 * JSON that an HTML parser reads as text and JSON.parse reads back: `<` is escaped, so neither `</script>` nor `<!--` can
 * occur; U+2028 and U+2029 are, too. Typed arrays become Plotly's `{ dtype, bdata }`, a third of their size as digits.
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (ArrayBuffer.isView(item) ? packed(item) : item))
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

const types: Record<string, string> = {
  Float32Array: 'f4',
  Float64Array: 'f8',
  Int8Array: 'i1',
  Uint8Array: 'u1',
  Int16Array: 'i2',
  Uint16Array: 'u2',
  Int32Array: 'i4',
  Uint32Array: 'u4',
};

function packed(array: ArrayBufferView): { dtype: string; bdata: string } {
  const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  return { dtype: types[array.constructor.name], bdata: bytes.toString('base64') };
}
