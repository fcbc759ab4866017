import type { Theme } from './palette.ts';

/** Colours of what is not data. */
export const ink: Record<
  Theme,
  { text: string; quiet: string; grid: string; background: string; accent: string }
> = {
  light: { text: '#1f2328', quiet: '#656d76', grid: '#e4e7eb', background: '#ffffff', accent: '#1f68bc' },
  dark: { text: '#e6e8eb', quiet: '#9aa2ad', grid: '#30353c', background: '#16191d', accent: '#59a0f9' },
};

/** System fonts, with a fallback for every script that a corpus may hold. */
export const fontFamily =
  'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "Noto Sans Arabic", "PingFang SC", "Microsoft YaHei", sans-serif';

/** Away from the numbers, however long they are. */
const apart = { title: { standoff: 12 } };

/** 15,000 as the lists and hovers write it, not 15k. */
export const wholeNumbers = { separatethousands: true, exponentformat: 'none' };

/** What all figures share. No title: whoever shows a figure names it. */
export function baseLayout(theme: Theme, more: Record<string, unknown> = {}): Record<string, unknown> {
  const { text, background, grid } = ink[theme];
  return {
    font: { family: fontFamily, size: 12, color: text },
    paper_bgcolor: background,
    plot_bgcolor: background,
    margin: { l: 48, r: 16, t: 16, b: 40 },
    showlegend: false,
    hoverlabel: { font: { family: fontFamily, size: 12 }, align: 'left' },
    // Grid lines and numbers of every axis, whatever a figure calls it.
    template: {
      layout: {
        xaxis: { gridcolor: grid, zerolinecolor: grid, automargin: true, ...apart, ...wholeNumbers },
        yaxis: { gridcolor: grid, zerolinecolor: grid, automargin: true, ...apart, ...wholeNumbers },
      },
    },
    ...more,
  };
}

/**
 * How to give a figure to Plotly: nothing leaves the machine (Plotly 4 offers to upload a chart), no remote logo.
 * Whoever draws passes it as the config.
 */
export const plotlyConfig: Record<string, unknown> = {
  displaylogo: false,
  responsive: true,
  plotlyServerURL: '',
  modeBarButtonsToRemove: ['sendChartToCloud'],
  scrollZoom: true,
};
