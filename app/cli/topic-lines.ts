import type { Topic } from '../../core/index.ts';

/** Topics as a person reads them in a terminal: number, documents, share, keywords; then the outliers. */
export function topicLines(topics: readonly Topic[], manifest: Record<string, unknown>): string {
  const documents = topics.reduce((sum, topic) => sum + topic.count, 0);
  const lines = topics.map((topic) => {
    const share = `${(topic.share * 100).toFixed(1)} %`;
    const words = topic.keywords
      .slice(0, 8)
      .map((k) => k.keyword)
      .join(', ');
    const id = topic.id < 0 ? '–' : String(topic.id);
    return `${id.padStart(4)} ${topic.count.toLocaleString('en').padStart(8)} ${share.padStart(7)}  ${topic.id < 0 ? `outliers: ${words}` : words}`;
  });
  const found = topics.filter((topic) => topic.id >= 0).length;
  const seconds = (manifest.seconds as Record<string, number> | undefined)?.total;
  const time = seconds === undefined ? '' : ` in ${Math.round(seconds)} s`;
  return `${found} topics in ${documents.toLocaleString('en')} documents${time}\n\n${lines.join('\n')}\n`;
}
