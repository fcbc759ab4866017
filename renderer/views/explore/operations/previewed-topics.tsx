import { Text } from '@mantine/core';
import type { OperationPreview } from '../../../../core/protocol.ts';
import type { Topic } from '../../../../core/stages.ts';
import { Scroll } from '../../../components/scroll.tsx';
import { useT } from '../../../i18n/index.ts';
import { useTopicColors } from '../../../state/colors.ts';
import { count } from '../../../state/format.ts';

/** More rows than these tell nobody more. */
const most = 60;
const namesShown = 6;
const words = (topic: Topic): string[] => topic.keywords.slice(0, 8).map((k) => k.keyword);

/** Topics that would look different: their documents and their keywords, those that come in bold, those that go struck out. */
export function PreviewedTopics({ found }: { found: OperationPreview }): React.ReactNode {
  const t = useT();
  const color = useTopicColors();
  const { topics, gone } = found;
  const nameOf = (topic: Topic): string => (topic.id < 0 ? t('topics.outliers') : topic.name);
  const names = gone.slice(0, namesShown).map(nameOf).join('; ');
  if (topics.length === 0 && gone.length === 0)
    return (
      <Text fz="sm" c="dimmed" mt={8}>
        {t('operation.nothing')}
      </Text>
    );
  return (
    <Scroll label={t('operation.touched')} style={{ overflow: 'auto', maxHeight: 260, marginTop: 8 }}>
      <table className="rows numbers">
        <thead>
          <tr>
            <th scope="col">{t('operation.touched')}</th>
            <th scope="col" className="number">
              {t('details.documents')}
            </th>
          </tr>
        </thead>
        <tbody>
          {topics.slice(0, most).map((topic) => (
            <tr key={topic.id}>
              <td dir="auto">
                <span className="swatch inline" style={{ background: color(topic.id) }} />
                <b>{nameOf(topic)}</b> {topic.was === null && <em>{t('operation.isNew')}</em>}
                {topic.id >= 0 && <Keywords topic={topic} was={topic.was} />}
              </td>
              <td className="number">
                {topic.was && topic.was.count !== topic.count && (
                  <span className="quiet">{count(topic.was.count)} → </span>
                )}
                {count(topic.count)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {topics.length > most && (
        <Text fz="xs" c="dimmed" mt={4}>
          {t('operation.more', { count: count(topics.length - most) })}
        </Text>
      )}
      {gone.length > 0 && (
        <Text fz="xs" c="dimmed" mt={4} dir="auto">
          {gone.length > namesShown
            ? t('operation.goneMore', { names, count: count(gone.length - namesShown) })
            : t('operation.gone', { names })}
        </Text>
      )}
    </Scroll>
  );
}

function Keywords({ topic, was }: { topic: Topic; was: Topic | null }): React.ReactNode {
  const t = useT();
  const [now, then] = [was ? words(was) : [], words(topic)];
  const kept = new Set(now);
  const gone = now.filter((word) => !then.includes(word));
  if (was && gone.length === 0 && then.every((word, k) => word === now[k]))
    return <div className="quiet">{t('operation.sameWords')}</div>;
  return (
    <div>
      {then.map((word, k) => (
        <span key={word}>
          {k > 0 && ', '}
          {was && !kept.has(word) ? <ins>{word}</ins> : word}
        </span>
      ))}
      {gone.map((word) => (
        <span key={word}>
          {', '}
          <del>{word}</del>
        </span>
      ))}
    </div>
  );
}
