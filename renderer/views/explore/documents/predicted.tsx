import { Badge, Button, Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { PredictedDocument } from '../../../../core/protocol.ts';
import { Scroll } from '../../../components/scroll.tsx';
import { useT } from '../../../i18n/index.ts';
import { useTopicColors } from '../../../state/colors.ts';
import { exportAs } from '../../../state/export.ts';
import { count, share } from '../../../state/format.ts';
import { showPredictions } from '../../../state/predicted.ts';
import { useStore } from '../../../state/store.ts';

/** More rows than these are seen in the list beside the map, and in the exported file. */
const most = 500;

/** New documents with their predicted topics, each marked as predicted; the project knows nothing of them. */
export function Predicted({
  documents,
  onClose,
}: {
  documents: readonly PredictedDocument[];
  onClose: () => void;
}): React.ReactNode {
  const t = useT();
  const color = useTopicColors();
  const topics = useStore((s) => s.topics);
  const nameOf = useMemo(() => new Map(topics.map((topic) => [topic.id, topic.name])), [topics]);
  const byLikeness = documents[0]?.method === 'nearest topic';
  const outliers = documents.filter(({ topic }) => topic < 0).length;
  return (
    <>
      <Text fz="sm" mb="sm" role="status" className="numbers">
        {t('newDocuments.predicted', {
          count: count(documents.length),
          outliers: count(outliers),
          shown: count(Math.min(most, documents.length)),
        })}{' '}
        {t(byLikeness ? 'newDocuments.byLikeness' : 'newDocuments.byClustering')}
      </Text>
      <Scroll label={t('details.documents')} style={{ overflow: 'auto', maxHeight: '56vh' }}>
        <table className="rows numbers">
          <thead>
            <tr>
              <th scope="col">{t('role.id')}</th>
              <th scope="col">{t('details.topic')}</th>
              <th scope="col" className="number">
                {t(byLikeness ? 'newDocuments.cosine' : 'newDocuments.probability')}
              </th>
              <th scope="col">{t('role.text')}</th>
            </tr>
          </thead>
          <tbody>
            {documents.slice(0, most).map((document, k) => (
              <tr key={k}>
                <td dir="auto">{document.id}</td>
                <td dir="auto">
                  <span
                    className="swatch"
                    style={{
                      display: 'inline-block',
                      background: color(document.topic),
                      marginInlineEnd: 8,
                    }}
                  />
                  {document.topic < 0 ? t('topics.outliers') : (nameOf.get(document.topic) ?? document.topic)}{' '}
                  <Badge size="xs" tt="none" variant="outline" color="gray" c="var(--quiet)">
                    {t('assigned.transform')}
                  </Badge>
                </td>
                <td className="number">{document.topic < 0 ? '–' : share(document.probability, 0)}</td>
                <td dir="auto">
                  <div className="cell">{document.snippet}</div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => void exportAs('predicted')}>
          {t('predicted.export')}
        </Button>
        <Button
          onClick={() => {
            showPredictions(documents);
            onClose();
          }}
        >
          {t('predicted.show')}
        </Button>
      </Group>
    </>
  );
}
