import { useMemo, useState } from 'react';
import { useT } from '../i18n/index.ts';
import { useAnswer } from '../state/answer.ts';
import { useTopicColors } from '../state/colors.ts';
import { useStore } from '../state/store.ts';
import { ErrorNote } from './error-note.tsx';
import { Loading } from './loading.tsx';
import { clean } from './marked-text.tsx';
import { pieces } from './token-topics.ts';

/** Longer texts are shown in pieces: a browser lays out five million characters in seconds. */
const shownAtOnce = 200_000;
/** Most tint that still lets a word be read in both themes. */
const tint = 32;

/** A document whose words are tinted by the topic that they belong to; one topic can be looked at alone. */
export function TokenText({ row, text }: { row: number; text: string }): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const color = useTopicColors();
  const [only, setOnly] = useState<number | null>(null);
  const { answer, error } = useAnswer('documents.tokens', { row }, topics);
  const parts = useMemo(
    () => (answer ? pieces(clean(text.slice(0, shownAtOnce)), answer, only) : []),
    [answer, text, only],
  );
  if (error) return <ErrorNote error={error} />;
  if (!answer) return <Loading what={t('reader.weighing')} />;
  const nameOf = new Map(topics.map((topic) => [topic.id, topic.name]));
  return (
    <>
      <div className="token-legend" role="group" aria-label={t('reader.tokenTopics')}>
        {answer.topics.length === 0 && <span className="quiet">{t('reader.noTopics')}</span>}
        {Array.from(answer.topics.slice(0, 8), (topic) => (
          <button
            key={topic}
            type="button"
            aria-pressed={only === topic}
            onClick={() => setOnly(only === topic ? null : topic)}
          >
            <span className="swatch" style={{ background: color(topic) }} />
            <span dir="auto">{nameOf.get(topic) ?? topic}</span>
          </button>
        ))}
      </div>
      <div className="reader-text" dir="auto" data-testid="token-reader">
        {parts.map((part, k) =>
          part.topic < 0 ? (
            part.text
          ) : (
            <span
              key={k}
              className="token"
              title={nameOf.get(part.topic)}
              style={{
                background: `color-mix(in srgb, ${color(part.topic)} ${Math.round(tint * part.strength)}%, transparent)`,
              }}
            >
              {part.text}
            </span>
          ),
        )}
        {text.length > shownAtOnce && '…'}
      </div>
    </>
  );
}
