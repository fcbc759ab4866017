import type { Topic } from '../../core/stages.ts';
import { corpusView, type ProjectView } from '../../core/export/index.ts';
import { sampleCorpus } from '../store/sample.ts';

/** A view with every text that is hard to export, two topics and an outlier. */
export function sampleView(over: Partial<ProjectView> = {}): ProjectView {
  const corpus = sampleCorpus();
  const topic = (id: number, name: string): Topic => ({
    id,
    name,
    count: 4,
    share: 0.5,
    keywords: [
      { keyword: 'a, "b"', weight: 0.123456789 },
      { keyword: '=cmd', weight: 1e-9 },
    ],
    representatives: ['doc-1', 'doc-2'],
  });
  return {
    ...corpusView(corpus),
    topics: [topic(-1, 'outliers'), topic(0, '@home <b>'), topic(1, 'space')],
    labels: Int32Array.of(0, 0, 1, 1, -1, 0, 1, 0),
    probabilities: Float64Array.of(1, 0.5, 1 / 3, 0.1234567, 0, 1e-9, 1, 1),
    assignedBy: null,
    x: Float32Array.of(0, 1, 2, -3.25, NaN, 5, 6, -0),
    y: Float32Array.of(7, 6, 5, 4, NaN, 2, 1, 0),
    seed: 42,
    reasons: [],
    manifest: { model: 'minilm-moe' },
    ...over,
  };
}
