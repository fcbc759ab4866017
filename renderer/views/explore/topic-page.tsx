import { Text } from '@mantine/core';
import { Columns } from '../../components/columns.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { KeywordBars } from '../../components/keyword-bars.tsx';
import { Loading } from '../../components/loading.tsx';
import { MarkedText } from '../../components/marked-text.tsx';
import { said } from '../../i18n/engine.ts';
import { useT } from '../../i18n/index.ts';
import { useTopicColors } from '../../state/colors.ts';
import { showExpert } from '../../state/experts.ts';
import { count, day, decimal, share, signed } from '../../state/format.ts';
import { apply } from '../../state/operations.ts';
import { pickTopic, select, useKeywords } from '../../state/selection.ts';
import { useStore } from '../../state/store.ts';
import { useAnswer } from '../../state/answer.ts';
import { Scroll } from '../../components/scroll.tsx';
import { Contrast } from './contrast.tsx';

/** One topic: what it is about, who stands for it, when and under which labels it occurs, which experts fire. */
export function TopicPageView({ topic }: { topic: number }): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const color = useTopicColors();
  const words = useKeywords(topic);
  const { answer: page, error } = useAnswer('topics.page', { topic }, topics);
  if (error) return <ErrorNote error={error} />;
  if (!page) return <Loading what={t('topic.loading')} />;
  const nameOf = (id: number): string => topics.find((found) => found.id === id)?.name ?? String(id);
  const most = (values: readonly { count: number }[]): number =>
    values.reduce((max, v) => Math.max(max, v.count), 0) || 1;
  const pinned = page.topic.pinned ?? [];
  const keywords = Object.values(page.keywords)[0] ?? page.topic.keywords;
  return (
    <Scroll className="pane-body" label={t('topic.page')}>
      <div className="block numbers">
        <Text fz="sm" c="dimmed">
          {t('topic.facts', { count: count(page.topic.count), share: share(page.topic.share) })}
        </Text>
      </div>
      <section className="block">
        <h3 className="section-title">{t('topic.keywords')}</h3>
        <KeywordBars
          keywords={keywords}
          color={color(topic)}
          pinned={pinned}
          onPin={
            topic < 0
              ? undefined
              : (word) =>
                  void apply({
                    type: 'pin',
                    topic,
                    keywords: pinned.includes(word) ? pinned.filter((p) => p !== word) : [...pinned, word],
                  })
          }
          onStop={(word) => void apply({ type: 'stop-words', add: [word] })}
        />
      </section>
      {page.representatives.length > 0 && (
        <section>
          <h3 className="section-title" style={{ padding: '14px 16px 0' }}>
            {t('topic.representatives')}
          </h3>
          {page.representatives.map((document) => (
            <button
              key={document.row}
              type="button"
              className="document-row"
              onClick={() => select({ document: document.row })}
            >
              <span className="snippet" dir="auto">
                <MarkedText text={document.snippet} words={words} />
              </span>
            </button>
          ))}
        </section>
      )}
      {topic >= 0 && <Contrast topic={topic} words={words} />}
      {page.byDate.length > 0 && (
        <section className="block">
          <h3 className="section-title">{t('topic.byDate')}</h3>
          <Columns
            label={t('topic.byDate')}
            color={color(topic)}
            values={page.byDate.map(({ start, count: value }) => ({ name: day(start), value }))}
          />
          <Text fz="xs" c="dimmed" className="numbers" mt={4}>
            {day(page.byDate[0].start)} – {day(page.byDate[page.byDate.length - 1].start)}
          </Text>
        </section>
      )}
      {page.byLabel.length > 0 && (
        <section className="block">
          <h3 className="section-title">{t('topic.byLabel')}</h3>
          <dl className="keywords">
            {page.byLabel.slice(0, 8).map(({ label, count: value }) => (
              <div key={label} style={{ display: 'contents' }}>
                <dt dir="auto">{label}</dt>
                <dd className="track">
                  <span
                    style={{ width: `${(100 * value) / most(page.byLabel)}%`, background: color(topic) }}
                  />
                </dd>
                <dd className="weight">{count(value)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {page.experts.length > 0 && (
        <section className="block">
          <h3 className="section-title">{t('topic.experts')}</h3>
          <dl className="keywords">
            {page.experts.slice(0, 8).map(({ router, expert, column, deviation }) => (
              <div key={column} style={{ display: 'contents' }}>
                <dt>
                  <button type="button" className="link" onClick={() => showExpert(column)}>
                    {t('topic.expert', { router: said(router), expert })}
                  </button>
                </dt>
                <dd className="track">
                  <span
                    style={{
                      width: `${(100 * deviation) / page.experts[0].deviation}%`,
                      background: color(topic),
                    }}
                  />
                </dd>
                <dd className="weight">{t('experts.deviation', { value: signed(deviation) })}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {page.nearest.length > 0 && (
        <section className="block">
          <h3 className="section-title">{t('topic.nearest')}</h3>
          {page.nearest.map(({ topic: other, similarity }) => (
            <button
              key={other}
              type="button"
              className="topic"
              style={{ paddingInline: 0, gridTemplateColumns: '10px minmax(0, 1fr) auto' }}
              onClick={() => pickTopic(other)}
            >
              <span className="swatch" style={{ background: color(other) }} />
              <span className="name" dir="auto">
                {nameOf(other)}
              </span>
              <span className="size">{decimal(similarity)}</span>
            </button>
          ))}
        </section>
      )}
    </Scroll>
  );
}
