import { Text, Title, useComputedColorScheme } from '@mantine/core';
import type { PlotlyFigure } from '../../../core/protocol.ts';
import { ErrorNote } from '../../components/error-note.tsx';
import { Loading } from '../../components/loading.tsx';
import { Plot } from '../../components/plot.tsx';
import { useT } from '../../i18n/index.ts';
import type { Key } from '../../i18n/index.ts';
import { useAnswer } from '../../state/answer.ts';
import { count, decimal, share } from '../../state/format.ts';
import { useStore } from '../../state/store.ts';
import { CompareSection } from './compare/compare.tsx';
import { Contingency } from './contingency.tsx';
import { StabilitySection } from './stability.tsx';

/** How good the topics are, in the measures that the field uses, and where the settings' cliffs are. */
export function QualityView(): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const hasLabels = useStore((s) => (s.project?.labels.length ?? 0) > 0);
  const { answer: quality, error } = useAnswer('quality', {}, topics);
  return (
    <div className="page">
      <div className="sheet">
        <Title order={1} fz="1.25rem" mb="md">
          {t('view.quality')}
        </Title>
        {error && <ErrorNote error={error} />}
        {!quality && !error && <Loading what={t('quality.loading')} />}
        {quality && (
          <div className="facts-row measures">
            <Measure name="topics" value={count(quality.topics)} />
            <Measure name="outlierShare" value={share(quality.outlierShare)} />
            <Measure name="npmi" value={decimal(quality.npmi, 3)} />
            <Measure name="cV" value={decimal(quality.cV, 3)} />
            <Measure name="diversity" value={decimal(quality.diversity, 3)} />
            <Measure name="silhouette" value={decimal(quality.silhouette, 3)} />
            <Measure name="dbcv" value={decimal(quality.dbcv, 3)} />
            {quality.ami !== null && <Measure name="ami" value={decimal(quality.ami, 3)} />}
            {quality.nmi !== null && <Measure name="nmi" value={decimal(quality.nmi, 3)} />}
            {quality.vMeasure !== null && <Measure name="vMeasure" value={decimal(quality.vMeasure, 3)} />}
          </div>
        )}
        <StabilitySection />
        <CompareSection />
        <Sweep />
        {hasLabels && <Contingency />}
      </div>
    </div>
  );
}

/** The smallest topic's size that the project was clustered with. */
function sizeInUse(manifest: Record<string, unknown> | undefined): number | null {
  const chosen = manifest?.chosen as { cluster?: { minTopicSize?: unknown } } | undefined;
  const size = chosen?.cluster?.minTopicSize;
  return typeof size === 'number' && size > 0 ? size : null;
}

function inUse(size: number, color: string): object {
  return {
    type: 'line',
    x0: size,
    x1: size,
    y0: 0,
    y1: 1,
    yref: 'paper',
    line: { color, width: 1, dash: 'dash' },
  };
}

function Measure({ name, value }: { name: string; value: string }): React.ReactNode {
  const t = useT();
  return (
    <div className="fact">
      <div className="value">{value}</div>
      <div className="label">{t(`measure.${name}` as Key)}</div>
      <Text fz="xs" c="dimmed" mt={4}>
        {t(`measureHint.${name}` as Key)}
      </Text>
    </div>
  );
}

/** Topics and outliers by the smallest topic's size: the cliff is seen before one commits to a number. */
function Sweep(): React.ReactNode {
  const t = useT();
  const { answer: sweep, error } = useAnswer('quality.sweep', {}, null);
  const project = useStore((s) => s.project);
  const chosen = sizeInUse(project?.manifest);
  // The project as it is may differ from the curve: sizes chosen automatically split giants, and topics may have been corrected.
  const now = project &&
    chosen !== null && {
      size: chosen,
      topics: project.topics.filter((topic) => topic.id >= 0).length,
      outlierShare: project.outliers / Math.max(1, project.documents),
    };
  const dark = useComputedColorScheme('light') === 'dark';
  const quiet = dark ? '#a3aeb7' : '#55616b';
  const figure: PlotlyFigure | null = sweep && {
    data: [
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: t('quality.topics'),
        x: sweep.map((point) => point.size),
        y: sweep.map((point) => point.topics),
        line: { color: dark ? '#8ec5e2' : '#0d5a7f' },
        hovertemplate: '%{y:,}',
      },
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: t('quality.outliers'),
        x: sweep.map((point) => point.size),
        y: sweep.map((point) => point.outlierShare),
        yaxis: 'y2',
        line: { color: quiet, dash: 'dot' },
        hovertemplate: '%{y:.1%}',
      },
      ...(!now
        ? []
        : [
            {
              type: 'scatter',
              mode: 'markers',
              name: t('quality.now'),
              x: [now.size],
              y: [now.topics],
              marker: { symbol: 'diamond', size: 10, color: dark ? '#8ec5e2' : '#0d5a7f' },
              hovertemplate: t('quality.nowHover', {
                topics: count(now.topics),
                share: share(now.outlierShare),
              }),
            },
          ]),
    ],
    layout: {
      margin: { t: 16, r: 56, b: 48, l: 56 },
      hovermode: 'x unified',
      xaxis: {
        title: { text: t('quality.size') },
        type: 'log',
        tickvals: sweep.map((point) => point.size),
        ticktext: sweep.map((point) => count(point.size)),
      },
      yaxis: { title: { text: t('quality.topics') }, rangemode: 'tozero' },
      yaxis2: {
        title: { text: t('quality.outliers') },
        overlaying: 'y',
        side: 'right',
        tickformat: '.0%',
        // Whole tenths: the other axis' steps would give this one crooked numbers.
        tickmode: 'linear',
        dtick: Math.max(...sweep.map((p) => p.outlierShare)) > 0.5 ? 0.2 : 0.1,
        range: [0, Math.min(1, Math.ceil(10.5 * Math.max(...sweep.map((p) => p.outlierShare))) / 10)],
        showgrid: false,
      },
      legend: { orientation: 'h', y: 1.14 },
      shapes: chosen === null ? [] : [inUse(chosen, quiet)],
      annotations:
        chosen === null
          ? []
          : [
              {
                x: Math.log10(chosen),
                y: 1,
                yref: 'paper',
                yanchor: 'top',
                xanchor: 'left',
                showarrow: false,
                text: t('quality.inUse', { size: count(chosen) }),
                font: { size: 11, color: quiet },
              },
            ],
    },
  };
  return (
    <section className="card" style={{ marginTop: 24 }}>
      <h2 className="section-title">{t('quality.sweep')}</h2>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('quality.sweepHint')}
      </Text>
      {error ? (
        <ErrorNote error={error} />
      ) : figure ? (
        <Plot figure={figure} label={t('quality.sweep')} height={320} />
      ) : (
        <Loading what={t('quality.sweeping')} />
      )}
    </section>
  );
}
