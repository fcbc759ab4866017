import { Button, Group, Text } from '@mantine/core';
import type { NamingResult } from '../../../../core/protocol.ts';
import { said } from '../../../i18n/engine.ts';
import { useT } from '../../../i18n/index.ts';
import { count } from '../../../state/format.ts';
import { undo } from '../../../state/operations.ts';
import { useStore } from '../../../state/store.ts';

/** Which names came back, and which topics keep theirs and why. */
export function Named({ result, onAgain }: { result: NamingResult; onAgain: () => void }): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const nameOf = new Map(topics.map((topic) => [topic.id, topic.name]));
  const { names, failed } = result;
  return (
    <div>
      <Text fz="sm" role="status" mb="sm">
        {t('naming.done', { named: count(names.length), failed: count(failed.length) })}
      </Text>
      {names.length > 0 && (
        <ul style={{ margin: '0 0 12px', paddingInlineStart: 20 }}>
          {names.map(({ topic, name }) => (
            <li key={topic} dir="auto">
              {name}
            </li>
          ))}
        </ul>
      )}
      {failed.length > 0 && (
        <>
          <h3 className="section-title">{t('naming.kept')}</h3>
          <ul style={{ margin: '0 0 12px', paddingInlineStart: 20 }}>
            {failed.map(({ topic, reason }) => (
              <li key={topic} dir="auto">
                {t('naming.failure', { name: nameOf.get(topic) ?? String(topic), reason: said(reason) })}
              </li>
            ))}
          </ul>
        </>
      )}
      <Group justify="flex-end">
        {names.length > 0 && (
          <Button variant="default" onClick={() => void undo().then(onAgain)}>
            {t('action.undo')}
          </Button>
        )}
        <Button variant="default" onClick={onAgain}>
          {t('action.back')}
        </Button>
      </Group>
    </div>
  );
}
