import { Button, Group, NumberInput, Radio, Text } from '@mantine/core';
import { useState } from 'react';
import type { TopicRepresentations } from '../../../../core/protocol.ts';
import { ErrorNote } from '../../../components/error-note.tsx';
import { Loading } from '../../../components/loading.tsx';
import { Scroll } from '../../../components/scroll.tsx';
import { useT } from '../../../i18n/index.ts';
import { useAnswer } from '../../../state/answer.ts';
import { useTopicColors } from '../../../state/colors.ts';
import { apply } from '../../../state/operations.ts';
import { useStore } from '../../../state/store.ts';

const methods = ['ctfidf', 'mmr', 'embedding', 'phrases'] as const;
type Method = (typeof methods)[number];

/** Names of so many words in one representation, by topic; a topic without words keeps the name that it has. */
export function namesBy(
  shown: readonly TopicRepresentations[],
  method: Method,
  words: number,
): Record<string, string> {
  const names: Record<string, string> = {};
  for (const { topic, keywords } of shown) {
    const own = keywords[method] ?? [];
    if (topic >= 0 && own.length > 0)
      names[String(topic)] = own
        .slice(0, words)
        .map((k) => k.keyword)
        .join(' · ');
  }
  return names;
}

/** Several representations of every topic side by side; the chosen one gives the names, in one undoable step. */
export function ByWords({ onClose }: { onClose: () => void }): React.ReactNode {
  const t = useT();
  const color = useTopicColors();
  const topics = useStore((s) => s.topics);
  const given = useStore((s) => s.project?.embedding === 'given');
  const usable = methods.filter((method) => !given || method === 'ctfidf' || method === 'phrases');
  const [method, setMethod] = useState<Method>('ctfidf');
  const [words, setWords] = useState<number | string>(3);
  const [doing, setDoing] = useState(false);
  const { answer, error } = useAnswer('topics.representations', { methods: [...usable], words: 8 }, topics);
  if (error) return <ErrorNote error={error} />;
  if (!answer) return <Loading what={t('naming.loading')} />;
  const submit = async (): Promise<void> => {
    setDoing(true);
    const names = namesBy(answer, method, Number(words) || 3);
    const done = await apply({ type: 'names', names, by: method });
    setDoing(false);
    if (done) onClose();
  };
  return (
    <>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('naming.wordsHint')}
      </Text>
      <Radio.Group value={method} onChange={(value) => setMethod(value)} label={t('naming.choose')}>
        <Scroll label={t('naming.table')} style={{ overflow: 'auto', maxHeight: '48vh', marginTop: 6 }}>
          <table className="rows">
            <thead>
              <tr>
                <th scope="col">{t('details.topic')}</th>
                {usable.map((value) => (
                  <th key={value} scope="col">
                    <Radio size="xs" value={value} label={t(`representation.${value}`)} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {answer
                .filter(({ topic }) => topic >= 0)
                .map(({ topic, name, keywords }) => (
                  <tr key={topic}>
                    <th
                      scope="row"
                      dir="auto"
                      style={{ whiteSpace: 'normal', verticalAlign: 'top', minWidth: 140 }}
                    >
                      <span
                        className="swatch"
                        style={{ display: 'inline-block', background: color(topic), marginInlineEnd: 8 }}
                      />
                      {name}
                    </th>
                    {usable.map((value) => (
                      <td key={value} dir="auto" style={{ minWidth: 130 }}>
                        {keywords[value]?.map((k) => k.keyword).join(', ')}
                      </td>
                    ))}
                  </tr>
                ))}
            </tbody>
          </table>
        </Scroll>
      </Radio.Group>
      <Group justify="space-between" align="end" mt="md">
        <NumberInput
          size="xs"
          w={140}
          label={t('naming.wordCount')}
          min={1}
          max={8}
          allowDecimal={false}
          value={words}
          onChange={setWords}
        />
        <Button loading={doing} onClick={() => void submit()}>
          {t('naming.apply')}
        </Button>
      </Group>
    </>
  );
}
