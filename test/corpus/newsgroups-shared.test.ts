import { describe, expect, test } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { previewCorpus, readCorpus } from '../../core/corpus/index.ts';
import { sharedPath } from '../shared.ts';

const archive = sharedPath('corpora', '20news-bydate.tar.gz');
const table = sharedPath('corpora', '20newsgroups.csv.gz');

describe.runIf(archive !== null && table !== null)('20 Newsgroups', () => {
  test('the archive, stripped, equals the published table text for text and row for row', async () => {
    const fromArchive = await readCorpus(
      archive!,
      { strip: ['headers', 'footers', 'quotes'] },
      quietContext(),
    );
    const fromTable = await readCorpus(table!, {}, quietContext());
    expect(fromTable.roles).toEqual({ text: 'text', id: 'id', label: 'label', date: 'date' });
    expect(fromArchive.roles).toEqual({ text: 'text', id: 'id', label: 'label', date: null });
    expect(fromArchive.ids).toEqual(fromTable.ids);
    expect(fromArchive.labels).toEqual(fromTable.labels);
    const splits = (corpus: typeof fromTable) => corpus.columns.find((c) => c.name === 'split')?.values;
    expect(splits(fromArchive)).toEqual(splits(fromTable));
    const different = fromTable.texts.findIndex((text, i) => text !== fromArchive.texts[i]);
    expect(different).toBe(-1);
    expect(fromTable.texts).toHaveLength(18_846);
    expect(fromTable.empty).toHaveLength(515);
    expect(fromTable.duplicateOf.filter((first) => first >= 0)).toHaveLength(583);
    expect(fromArchive.empty).toEqual(fromTable.empty);
    expect(fromTable.skipped).toEqual([]);
  });

  test('unstripped posts are recognised, and the preview says what they need', async () => {
    const preview = await previewCorpus(archive!, { sample: 300 }, quietContext());
    expect(preview.rows).toBe(300);
    expect(preview.first).toHaveLength(50);
    expect(preview.languages[0].code).toBe('en');
    expect(preview.warnings.join(' ')).toMatch(/headers, footers and quotes/);
  });
});
