import { Button, Group, Text } from '@mantine/core';
import type { NamingPreview } from '../../../../core/protocol.ts';
import { Scroll } from '../../../components/scroll.tsx';
import { useT } from '../../../i18n/index.ts';
import { count } from '../../../state/format.ts';
import { useStore } from '../../../state/store.ts';

/** Every request as it would be sent, word for word, and where to. */
export function Requests({
  preview,
  onBack,
  onSend,
}: {
  preview: NamingPreview;
  onBack: () => void;
  onSend: () => void;
}): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const nameOf = new Map(topics.map((topic) => [topic.id, topic.name]));
  return (
    <>
      <Text fz="sm" mb="xs">
        {t('naming.preview', { count: count(preview.requests.length), url: preview.url })}
      </Text>
      <Scroll label={t('naming.requests')} style={{ overflow: 'auto', maxHeight: '52vh' }}>
        {preview.requests.map(({ topic, body }) => (
          <section key={topic}>
            <h3 className="section-title" dir="auto" style={{ margin: '8px 0 4px' }}>
              {nameOf.get(topic) ?? topic}
            </h3>
            <pre className="log" style={{ maxHeight: 'none' }}>
              {JSON.stringify(body, null, 2)}
            </pre>
          </section>
        ))}
      </Scroll>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onBack}>
          {t('action.back')}
        </Button>
        <Button disabled={preview.requests.length === 0} onClick={onSend}>
          {t('naming.send', { count: count(preview.requests.length) })}
        </Button>
      </Group>
    </>
  );
}
