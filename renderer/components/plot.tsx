import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Layout, PlotlyHTMLElement } from 'plotly.js';
import type { PlotlyFigure } from '../../core/protocol.ts';
import { loadPlotly, quietConfig } from './map/plotly.ts';
import { report } from '../state/notices.ts';

/** One of the engine's Plotly figures, in the window's colours. */
export function Plot({
  figure,
  label,
  height,
  onPoint,
}: {
  figure: PlotlyFigure;
  label: string;
  height: number;
  /** A point was clicked: its place on the horizontal axis. */
  onPoint?: (x: number) => void;
}): React.ReactNode {
  const node = useRef<HTMLDivElement>(null);
  const dark = useComputedColorScheme('light') === 'dark';
  const clicked = useRef(onPoint);
  useEffect(() => {
    clicked.current = onPoint;
  }, [onPoint]);
  useEffect(() => {
    const own = node.current!;
    let current = true;
    void loadPlotly()
      .then((plotly) => {
        if (!current) return;
        return plotly.react(own, figure.data, themed(figure.layout, dark, height), {
          ...quietConfig,
          responsive: true,
          modeBarButtonsToRemove: ['sendChartToCloud', 'lasso2d', 'select2d'] as never,
        });
      })
      .then(() => {
        const drawn = own as unknown as PlotlyHTMLElement;
        drawn.removeAllListeners?.('plotly_click');
        drawn.on?.('plotly_click', ({ points: [point] }) => clicked.current?.(Number(point.x)));
        for (const svg of own.querySelectorAll('svg')) svg.setAttribute('aria-hidden', 'true');
        // The mode bar is for the mouse; the figure's numbers are in the exports.
        for (const link of own.querySelectorAll('.modebar a')) link.setAttribute('tabindex', '-1');
      })
      .catch(report);
    return () => {
      current = false;
    };
  }, [figure, dark, height]);
  useEffect(() => {
    const own = node.current!;
    return () => {
      void loadPlotly().then((plotly) => plotly.purge(own));
    };
  }, []);
  return (
    <div ref={node} role="figure" aria-label={label} style={{ width: '100%', height }} data-testid="plot" />
  );
}

/** The figure's own layout with the window's paper, ink and lines; axes that the figure names keep their settings. */
function themed(layout: Record<string, unknown>, dark: boolean, height: number): Partial<Layout> {
  const line = dark ? '#2b3238' : '#e2e5e8';
  const axes = Object.fromEntries(
    ['xaxis', 'yaxis', ...Object.keys(layout).filter((key) => /^[xy]axis\d+$/.test(key))].map((key) => [
      key,
      {
        gridcolor: line,
        zerolinecolor: line,
        linecolor: line,
        automargin: true,
        ...(layout[key] as object | undefined),
      },
    ]),
  );
  return {
    ...layout,
    ...axes,
    autosize: true,
    width: undefined,
    height,
    // The page has its own title.
    title: { text: '' },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: {
      family: 'system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif',
      size: 12,
      color: dark ? '#e6eaed' : '#1a2127',
    },
    hoverlabel: { font: { family: 'system-ui, sans-serif', size: 12 } },
  };
}
