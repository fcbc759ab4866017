import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli, scratchFolder } from '../../cli/cli.ts';
import { sharedPath } from '../../shared.ts';

const corpus = sharedPath('corpora', '20newsgroups.csv.gz');
const embeddings = sharedPath('reference', '20newsgroups-minilm.f16.npy');
const reference = sharedPath('reference', 'bertopic-20newsgroups.json');

interface Report {
  topics: number;
  outlier_share: number;
  peak_bytes: number;
  corpus: { documents: number; empty: number; duplicates: number };
}

// The texts are not part of the repository: this runs where they lie beside it, as in CI.
describe.runIf(corpus && embeddings && reference)('20 Newsgroups with the default settings', () => {
  const { at, cache } = scratchFolder('newsgroups');

  it('is at least as close to the labels as BERTopic on the same embeddings, with no more outliers', async () => {
    const ran = await runCli(
      cache,
      'run',
      corpus!,
      '--embeddings',
      embeddings!,
      '--out',
      at('run'),
      '--json',
    );
    expect(ran.status).toBe(0);
    const report = JSON.parse(ran.stdout) as Report;
    const { figures } = JSON.parse(readFileSync(reference!, 'utf8')) as {
      figures: { ami: number; outliers: number };
    };
    const measured = await runCli(
      cache,
      'evaluate',
      at('run', 'documents.csv'),
      '--label',
      'label',
      '--json',
    );
    const { ami } = JSON.parse(measured.stdout) as { ami: number };
    expect(report.corpus).toMatchObject({ documents: 18846, empty: 515 });
    expect(report.topics).toBeGreaterThanOrEqual(20);
    expect(report.topics).toBeLessThanOrEqual(150);
    expect(report.outlier_share).toBeLessThanOrEqual(figures.outliers);
    expect(ami).toBeGreaterThanOrEqual(figures.ami - 0.02);
    expect(report.peak_bytes).toBeLessThan(2e9);
  }, 600_000);
});
