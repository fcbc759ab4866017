import type { PlotlyFigure, Results } from '../../../core/protocol.ts';
import type { Translate } from '../../i18n/index.ts';
import { count, share } from '../../state/format.ts';

type SweepPoint = Results['quality.sweep'][number];
type Place = Omit<SweepPoint, 'automatic'>;

/** The curve of sizes, with the automatic size, the one in use, and the project itself where corrections moved it off the curve. */
export function sweepFigure(
  points: readonly SweepPoint[],
  now: Place | null,
  dark: boolean,
  t: Translate,
): PlotlyFigure {
  const quiet = dark ? '#a3aeb7' : '#55616b';
  const accent = dark ? '#8ec5e2' : '#0d5a7f';
  const x = points.map((point) => point.size);
  const shares = points.map((point) => point.outlierShare);
  const most = Math.max(0, ...shares);
  const automatic = points.find((point) => point.automatic)?.size ?? null;
  const marks = [
    automatic !== null && {
      size: automatic,
      text: t(automatic === now?.size ? 'quality.automaticInUse' : 'quality.automatic', {
        size: count(automatic),
      }),
    },
    now !== null &&
      now.size !== automatic && { size: now.size, text: t('quality.inUse', { size: count(now.size) }) },
  ].filter((mark) => mark !== false);
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: t('quality.topics'),
        x,
        y: points.map((point) => point.topics),
        line: { color: accent },
        // The automatic size is ringed on the curve.
        marker: { size: points.map((point) => (point.automatic ? 11 : 6)) },
        cliponaxis: false,
        hovertemplate: '%{y:,}',
      },
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: t('quality.outliers'),
        x,
        y: shares,
        yaxis: 'y2',
        line: { color: quiet, dash: 'dot' },
        marker: { size: points.map((point) => (point.automatic ? 11 : 6)) },
        cliponaxis: false,
        hovertemplate: '%{y:.1%}',
      },
      ...(now === null || isOnCurve(now, points) ? [] : [projectMark(now, accent, t)]),
    ],
    layout: {
      margin: { t: 16, r: 72, b: 48, l: 56 },
      hovermode: 'x unified',
      xaxis: {
        title: { text: t('quality.size') },
        type: 'log',
        tickvals: x,
        ticktext: x.map(count),
      },
      yaxis: {
        title: { text: t('quality.topics') },
        rangemode: 'tozero',
        // There are no half topics.
        ...(points.every((point) => point.topics <= 8) ? { dtick: 1 } : {}),
      },
      yaxis2: {
        title: { text: t('quality.outliers'), standoff: 12 },
        overlaying: 'y',
        side: 'right',
        tickformat: '.0%',
        // Whole tenths: the other axis' steps would give this one crooked numbers.
        tickmode: 'linear',
        dtick: most > 0.5 ? 0.2 : 0.1,
        range: [0, Math.max(0.1, Math.min(1, Math.ceil(10.5 * most) / 10))],
        showgrid: false,
      },
      legend: { orientation: 'h', y: 1.14 },
      shapes: marks.map(({ size }) => ({
        type: 'line',
        x0: size,
        x1: size,
        y0: 0,
        y1: 1,
        yref: 'paper',
        line: { color: quiet, width: 1, dash: 'dash' },
      })),
      annotations: marks.map(({ size, text }) => ({
        x: Math.log10(size),
        y: 1,
        yref: 'paper',
        yanchor: 'top',
        xanchor: 'left',
        xshift: 4,
        showarrow: false,
        text,
        font: { size: 11, color: quiet },
      })),
    },
  };
}

/** Corrections (merged topics, outliers given away) move a project off the curve of what clustering gives. */
function isOnCurve(now: Place, points: readonly SweepPoint[]): boolean {
  const same = points.find((point) => point.size === now.size);
  return same?.topics === now.topics && Math.abs(same.outlierShare - now.outlierShare) < 0.0005;
}

function projectMark(now: Place, color: string, t: Translate): Record<string, unknown> {
  return {
    type: 'scatter',
    mode: 'markers',
    name: t('quality.now'),
    x: [now.size],
    y: [now.topics],
    marker: { symbol: 'diamond', size: 10, color },
    cliponaxis: false,
    hovertemplate: t('quality.nowHover', { topics: count(now.topics), share: share(now.outlierShare) }),
  };
}
