import { Text, useComputedColorScheme } from '@mantine/core';
import { ErrorNote } from '../../components/error-note.tsx';
import { Loading } from '../../components/loading.tsx';
import { Plot } from '../../components/plot.tsx';
import { useT } from '../../i18n/index.ts';
import { useAnswer } from '../../state/answer.ts';
import { useStore } from '../../state/store.ts';
import { sweepFigure } from './sweep-figure.ts';

/** The smallest topic's size that the project was clustered with. */
function sizeInUse(manifest: Record<string, unknown> | undefined): number | null {
  const chosen = manifest?.chosen as { cluster?: { minTopicSize?: unknown } } | undefined;
  const size = chosen?.cluster?.minTopicSize;
  return typeof size === 'number' && size > 0 ? size : null;
}

/** Topics and outliers by the smallest topic's size: the cliff is seen before one commits to a number. */
export function Sweep(): React.ReactNode {
  const t = useT();
  const { answer: points, error } = useAnswer('quality.sweep', {}, null);
  const project = useStore((s) => s.project);
  const dark = useComputedColorScheme('light') === 'dark';
  const size = sizeInUse(project?.manifest);
  const now =
    project && size !== null
      ? {
          size,
          topics: project.topics.filter((topic) => topic.id >= 0).length,
          outlierShare: project.outliers / Math.max(1, project.documents),
        }
      : null;
  return (
    <section className="card" style={{ marginTop: 24 }}>
      <h2 className="section-title">{t('quality.sweep')}</h2>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('quality.sweepHint')}
      </Text>
      {error ? (
        <ErrorNote error={error} />
      ) : points ? (
        <Plot figure={sweepFigure(points, now, dark, t)} label={t('quality.sweep')} height={320} />
      ) : (
        <Loading what={t('quality.sweeping')} />
      )}
    </section>
  );
}
