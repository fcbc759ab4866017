import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { TopicDocuments } from '../../../core/protocol.ts';
import { MarkedText } from '../../components/marked-text.tsx';
import { useT } from '../../i18n/index.ts';
import { useAnswer } from '../../state/answer.ts';
import { useTopicColors } from '../../state/colors.ts';
import { decimal } from '../../state/format.ts';
import { select } from '../../state/selection.ts';
import { useStore } from '../../state/store.ts';

const kinds = ['closest', 'farthest', 'contrasting'] as const;

/** Documents in a topic's middle, at its edge, and those of other topics that it nearly holds. */
export function Contrast({ topic, words }: { topic: number; words: readonly string[] }): React.ReactNode {
  const t = useT();
  const [kind, setKind] = useState<keyof TopicDocuments>('closest');
  const color = useTopicColors();
  const topics = useStore((s) => s.topics);
  const { answer } = useAnswer('topics.documents', { topic }, topics);
  return (
    <section className="contrast">
      <h3 className="section-title">{t('contrast.title')}</h3>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('contrast.title')}
        data={kinds.map((value) => ({ value, label: t(`contrast.${value}`) }))}
        value={kind}
        onChange={setKind}
      />
      {answer?.[kind].map((document) => (
        <button
          key={document.row}
          type="button"
          className="document-row"
          onClick={() => select({ document: document.row })}
        >
          <span className="meta numbers">
            <span className="swatch" style={{ background: color(document.topic) }} />
            {document.topic !== topic && (
              <span dir="auto" className="shrinks">
                {document.topic < 0
                  ? t('topics.outliers')
                  : topics.find(({ id }) => id === document.topic)?.name}
              </span>
            )}
            <span>{t('contrast.cosine', { value: decimal(document.similarity) })}</span>
            <span className="shrinks" style={{ marginLeft: 'auto' }}>
              {document.id}
            </span>
          </span>
          <span className="snippet" dir="auto">
            <MarkedText text={document.snippet} words={[...words]} />
          </span>
        </button>
      ))}
    </section>
  );
}
