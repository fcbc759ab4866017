import type * as PlotlyModule from 'plotly.js';

/** Plotly's strict build (no code from strings), fetched when the first picture is drawn. */
export type Plotly = typeof PlotlyModule;

let loading: Promise<Plotly> | null = null;

export function loadPlotly(): Promise<Plotly> {
  loading ??= import('plotly.js-strict-dist-min').then((module) => module.default);
  return loading;
}

/** Nothing leaves this machine: no chart server, no logo that leads elsewhere. */
export const quietConfig = {
  plotlyServerURL: '',
  showSendToCloud: false,
  displaylogo: false,
} as const;
