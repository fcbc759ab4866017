import { Random } from '../../core/base/random.ts';
import type { Topic } from '../../core/stages.ts';

/** Blobs on a plane with a tenth of outliers, topics named after their number. */
export function sampleMap(documents: number, topics: number, seed = 1) {
  const random = new Random(seed);
  const centres = Array.from({ length: topics }, () => [random.next() * 20, random.next() * 20]);
  const x = new Float32Array(documents);
  const y = new Float32Array(documents);
  const labels = new Int32Array(documents);
  for (let i = 0; i < documents; i++) {
    labels[i] = random.next() < 0.1 ? -1 : Math.floor(random.next() * random.next() * topics);
    const [cx, cy] = centres[labels[i]] ?? [random.next() * 20, random.next() * 20];
    x[i] = cx + random.normal() * 0.3;
    y[i] = cy + random.normal() * 0.3;
  }
  return { x, y, labels, topics: sampleTopics(labels) };
}

export function sampleTopics(labels: Int32Array): Topic[] {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([id, count]) => ({
      id,
      name: id < 0 ? 'outliers' : `word${id} · other${id} · <third>`,
      count,
      share: count / labels.length,
      keywords: Array.from({ length: 10 }, (_, i) => ({ keyword: `word${id}-${i}`, weight: 1 / (i + 2) })),
      representatives: [],
    }));
}
