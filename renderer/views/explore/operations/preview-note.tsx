import { Text } from '@mantine/core';
import type { OperationPreview } from '../../../../core/protocol.ts';
import { Scroll } from '../../../components/scroll.tsx';
import { useT } from '../../../i18n/index.ts';
import { useTopicColors } from '../../../state/colors.ts';
import { count } from '../../../state/format.ts';
import type { Preview } from '../../../state/preview.ts';

/** What an operation would change before it is done: counts before and after, and the topics that it touches. */
export function PreviewNote({ found, error }: Preview): React.ReactNode {
  const t = useT();
  return (
    <div>
      <Text fz="sm" className="numbers" role="status" data-testid="operation-preview">
        {error
          ? error.message
          : found
            ? t('operation.change', {
                topicsBefore: count(found.before.topics),
                topicsAfter: count(found.after.topics),
                outliersBefore: count(found.before.outliers),
                outliersAfter: count(found.after.outliers),
                changed: count(found.changed),
              })
            : t('operation.working')}
      </Text>
      {found && found.topics.length > 0 && <Touched topics={found.topics} />}
    </div>
  );
}

function Touched({ topics }: { topics: OperationPreview['topics'] }): React.ReactNode {
  const t = useT();
  const color = useTopicColors();
  return (
    <Scroll label={t('operation.touched')} style={{ overflow: 'auto', maxHeight: 220, marginTop: 8 }}>
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
          {topics.slice(0, 60).map((topic) => (
            <tr key={topic.id}>
              <td dir="auto">
                <span
                  className="swatch"
                  style={{ display: 'inline-block', background: color(topic.id), marginInlineEnd: 8 }}
                />
                {topic.id < 0
                  ? t('topics.outliers')
                  : topic.keywords
                      .slice(0, 6)
                      .map((k) => k.keyword)
                      .join(', ')}
              </td>
              <td className="number">{count(topic.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
