declare module 'plotly.js-strict-dist-min' {
  const plotly: typeof import('plotly.js');
  export default plotly;
}
