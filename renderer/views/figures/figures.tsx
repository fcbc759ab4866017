import { useComputedColorScheme } from '@mantine/core';
import { useState } from 'react';
import { ErrorNote } from '../../components/error-note.tsx';
import { Loading } from '../../components/loading.tsx';
import { Plot } from '../../components/plot.tsx';
import { language, useT } from '../../i18n/index.ts';
import { useAnswer } from '../../state/answer.ts';
import { set, useStore } from '../../state/store.ts';
import { ExpertTopics } from './experts/expert-topics.tsx';
import { Hierarchy } from './hierarchy/hierarchy.tsx';
import { figureNames } from './names.ts';
import type { FigureName } from './names.ts';
import { Scroll } from '../../components/scroll.tsx';
import { SliceOptionsForm } from './slice-options.tsx';
import type { SliceOptions } from './slice-options.tsx';

/** The figures that the engine makes: the same here, in `moetopic export` and in the HTML report. */
export function Figures(): React.ReactNode {
  const t = useT();
  const project = useStore((s) => s.project);
  const map = useStore((s) => s.map);
  const name = useStore((s) => s.figure);
  const setName = (figure: FigureName): void => set({ figure });
  const shown = figureNames.filter(
    (figure) =>
      (figure !== 'contingency' || (project?.labels.length ?? 0) > 0) &&
      ((figure !== 'experts' && figure !== 'expert-topics') || map?.expert),
  );
  return (
    <div className="explore">
      <nav
        className="pane"
        style={{ width: 220, borderRight: '1px solid var(--line)', padding: '8px 0' }}
        aria-label={t('figures.list')}
      >
        {shown.map((figure) => (
          <button
            key={figure}
            type="button"
            className="topic"
            aria-pressed={figure === name}
            style={{ gridTemplateColumns: '1fr' }}
            onClick={() => setName(figure)}
          >
            <span className="name">{t(`figure.${figure}`)}</span>
          </button>
        ))}
      </nav>
      <div className="centre" style={{ background: 'var(--surface)' }}>
        {name === 'hierarchy' && <Hierarchy />}
        {name === 'expert-topics' && <ExpertTopics />}
        {name !== 'hierarchy' && name !== 'expert-topics' && <Figure key={name} name={name} />}
      </div>
    </div>
  );
}

/** What these show is between topics. */
const pairwise: ReadonlySet<FigureName> = new Set(['similarity', 'distance']);
/** Over time and per class: a column has to be chosen first where the run named none. */
function useLacks(name: FigureName, column: string | null | undefined): boolean {
  const project = useStore((s) => s.project);
  if (column) return false;
  if (name === 'over-time') return !project?.hasDates;
  return name === 'per-class' && (project?.labels.length ?? 0) === 0;
}

function Figure({ name }: { name: Exclude<FigureName, 'hierarchy' | 'expert-topics'> }): React.ReactNode {
  const t = useT();
  const [options, setOptions] = useState<SliceOptions>({});
  const lacks = useLacks(name, options.column);
  const alone = useStore(
    (s) => s.topics.filter((topic) => topic.id >= 0).length < (pairwise.has(name) ? 2 : 1),
  );
  const title = t(`figure.${name}`);
  return (
    <Scroll className="pane-body" label={title} style={{ padding: 24 }}>
      <h1 style={{ fontSize: '1.25rem', margin: '0 0 4px' }}>{title}</h1>
      <p className="quiet" style={{ margin: '0 0 16px', maxWidth: '68ch' }}>
        {t(`figureHint.${name}`)}
      </p>
      {(name === 'over-time' || name === 'per-class') && (
        <SliceOptionsForm
          name={name}
          options={options}
          onChange={(change) => setOptions({ ...options, ...change })}
        />
      )}
      {alone ? (
        <p>{t(pairwise.has(name) ? 'figures.oneTopic' : 'figures.noTopics')}</p>
      ) : lacks ? (
        <p>{t(name === 'over-time' ? 'slices.noDates' : 'slices.noClasses')}</p>
      ) : (
        <Drawing name={name} options={options} title={title} />
      )}
    </Scroll>
  );
}

function Drawing({
  name,
  options,
  title,
}: {
  name: FigureName;
  options: SliceOptions;
  title: string;
}): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const dark = useComputedColorScheme('light') === 'dark';
  const { answer: figure, error } = useAnswer(
    'figure',
    { name, options: { ...options, theme: dark ? 'dark' : 'light' }, language: language() },
    topics,
  );
  if (error) return <ErrorNote error={error} />;
  if (!figure) return <Loading what={t('figures.loading')} />;
  return <Plot figure={figure} label={title} height={heightOf(figure.layout)} />;
}

function heightOf(layout: Record<string, unknown>): number {
  return typeof layout.height === 'number' ? Math.min(4000, Math.max(320, layout.height)) : 560;
}
