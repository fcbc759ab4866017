import { Button } from '@mantine/core';
import type { ExpertProfile, ExpertsOverview } from '../../../../core/protocol.ts';
import { ErrorNote } from '../../../components/error-note.tsx';
import { Loading } from '../../../components/loading.tsx';
import { useT } from '../../../i18n/index.ts';
import { useAnswer } from '../../../state/answer.ts';
import { useTopicColors } from '../../../state/colors.ts';
import { answersTo, placeOf } from '../../../state/experts.ts';
import { share, signed } from '../../../state/format.ts';
import { select } from '../../../state/selection.ts';
import { get, set, useStore } from '../../../state/store.ts';

/** Documents that are lit on the map of one expert. */
const lit = 200;

/** One expert in a sentence, its topics, the words that its router chooses it for, and documents that use it most. */
export function Profile({ found, column }: { found: ExpertsOverview; column: number }): React.ReactNode {
  const t = useT();
  const color = useTopicColors();
  const topics = useStore((s) => s.topics);
  const hover = useStore((s) => s.map?.hover);
  const { answer: profile, error } = useAnswer('experts.profile', { column, limit: lit });
  const answers = answersTo(found, column);
  const nameOf = (id: number): string => topics.find((topic) => topic.id === id)?.name ?? String(id);
  const name = t('topic.expert', placeOf(found, column));
  const [first, second] = answers;
  const last = answers[answers.length - 1];
  const widest = Math.max(...answers.map(({ deviation }) => Math.abs(deviation)), 1e-9);
  return (
    <section className="profile" aria-label={name}>
      <h2 className="section-title">{name}</h2>
      <p data-testid="expert-sentence">
        {t(second && second.deviation > 0 ? 'experts.sentence' : 'experts.sentenceOne', {
          name,
          first: nameOf(first.topic),
          firstValue: signed(first.deviation),
          second: second ? nameOf(second.topic) : '',
          secondValue: second ? signed(second.deviation) : '',
          last: nameOf(last.topic),
          lastValue: signed(last.deviation),
          share: share(found.explained[column], 0),
        })}{' '}
        {profile && profile.words.length > 0 && t('experts.words', { words: firstWords(profile) })}
      </p>
      <h3 className="section-title">{t('experts.topics')}</h3>
      <dl className="keywords">
        {answers.slice(0, 6).map(({ topic, deviation }) => (
          <div key={topic} style={{ display: 'contents' }}>
            <dt dir="auto">{nameOf(topic)}</dt>
            <dd className="track">
              <span
                style={{ width: `${(100 * Math.max(0, deviation)) / widest}%`, background: color(topic) }}
              />
            </dd>
            <dd className="weight">{t('experts.deviation', { value: signed(deviation) })}</dd>
          </div>
        ))}
      </dl>
      {error && <ErrorNote error={error} />}
      {!profile && !error && <Loading what={t('experts.tracing')} />}
      {profile && (
        <>
          <h3 className="section-title">{t('experts.wordsTitle')}</h3>
          <p className="words" data-testid="expert-words">
            {profile.words.map(({ word, deviation, count: times }) => (
              <span
                key={word}
                dir="auto"
                title={t('experts.word', { value: signed(deviation), count: times })}
                style={{ fontSize: `${0.75 + 0.12 * Math.min(3, deviation)}rem` }}
              >
                {word}{' '}
              </span>
            ))}
          </p>
          <h3 className="section-title">{t('experts.documents')}</h3>
          <ul className="examples">
            {profile.rows.slice(0, 5).map((row) => (
              <li key={row}>
                <button type="button" className="document-row" onClick={() => read(row)}>
                  <span className="snippet" dir="auto">
                    {hover?.[row] ?? t('experts.document', { row })}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              select({ rows: Int32Array.from(profile.rows), topics: [], document: null });
              set({ view: 'explore' });
            }}
          >
            {t('experts.onMap', { count: profile.rows.length })}
          </Button>{' '}
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => set({ view: 'explore', colorBy: get().map?.expert ? 'expert' : 'topic' })}
          >
            {t('experts.color')}
          </Button>
        </>
      )}
    </section>
  );
}

function read(row: number): void {
  select({ document: row });
  set({ view: 'explore' });
}

function firstWords({ words }: ExpertProfile): string {
  return words
    .slice(0, 6)
    .map(({ word }) => word)
    .join(', ');
}
