import { Text } from '@mantine/core';
import { said } from '../../../i18n/engine.ts';
import { useT } from '../../../i18n/index.ts';
import { count } from '../../../state/format.ts';
import type { Preview } from '../../../state/preview.ts';
import { PreviewedMeasures } from './previewed-measures.tsx';
import { PreviewedTopics } from './previewed-topics.tsx';

/** What an operation would change before it is done: counts, measures, and the topics that would look different. */
export function PreviewNote({ found, error, measured }: Preview): React.ReactNode {
  const t = useT();
  return (
    <div>
      <Text fz="sm" className="numbers" role="status" data-testid="operation-preview">
        {error
          ? said(error.message)
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
      {found && <PreviewedMeasures found={found} measured={measured} />}
      {found && <PreviewedTopics found={found} />}
    </div>
  );
}
