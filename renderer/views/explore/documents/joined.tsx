import { Badge, Button, Group, Text } from '@mantine/core';
import type { JoinReport } from '../../../../core/protocol.ts';
import { Scroll } from '../../../components/scroll.tsx';
import { useT } from '../../../i18n/index.ts';
import { count, decimal } from '../../../state/format.ts';
import { openJoined } from '../../../state/new-documents.ts';
import { useStore } from '../../../state/store.ts';

/** What growing or merging made: a new project, which topics are new and which were known. */
export function Joined({ report, onClose }: { report: JoinReport; onClose: () => void }): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const nameOf = new Map(topics.map((topic) => [topic.id, topic.name]));
  return (
    <>
      <Text fz="sm" mb="sm" role="status" className="numbers">
        {t('newDocuments.joined', {
          documents: count(report.documents),
          added: count(report.added),
          topics: count(report.topics),
          fresh: count(report.newTopics.length),
          outliers: count(report.outliers),
        })}
      </Text>
      <Scroll label={t('newDocuments.matches')} style={{ overflow: 'auto', maxHeight: '48vh' }}>
        <table className="rows numbers">
          <thead>
            <tr>
              <th scope="col">{t('newDocuments.came')}</th>
              <th scope="col" className="number">
                {t('details.documents')}
              </th>
              <th scope="col">{t('newDocuments.nearest')}</th>
              <th scope="col" className="number">
                {t('newDocuments.cosine')}
              </th>
            </tr>
          </thead>
          <tbody>
            {report.matches.map((match) => (
              <tr key={match.topic}>
                <td dir="auto">
                  {match.name}{' '}
                  {match.isNew && (
                    <Badge size="xs" tt="none" variant="outline" color="gray" c="var(--quiet)">
                      {t('newDocuments.isNew')}
                    </Badge>
                  )}
                </td>
                <td className="number">{count(match.count)}</td>
                <td dir="auto">{nameOf.get(match.nearest) ?? '–'}</td>
                <td className="number">{match.nearest < 0 ? '–' : decimal(match.similarity)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Group justify="flex-end" mt="md">
        <Button
          onClick={() => {
            onClose();
            void openJoined(report);
          }}
        >
          {t('newDocuments.open')}
        </Button>
      </Group>
    </>
  );
}
