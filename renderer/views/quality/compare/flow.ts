import type { CompareResult, PlotlyFigure } from '../../../../core/protocol.ts';

interface Nodes {
  label: string[];
}

/** Room for a stream's two names between two columns of the window's sheet. */
const longest = 20;
const rowHeight = 26;

/** The flow between variants as it fits the window: each column headed by its variant, its topics by their first words. */
export function readableFlow({ flow, variants }: CompareResult): PlotlyFigure {
  const [sankey, ...others] = flow.data as ({ node?: Nodes } & Record<string, unknown>)[];
  if (!sankey?.node) return flow;
  const names = variants.map(({ name }) => name);
  const own = (label: string): string => {
    const name = names.find((prefix) => label.startsWith(`${prefix}: `));
    const words = (name === undefined ? label : label.slice(name.length + 2)).split(' · ').slice(0, 2);
    const text = words.join(' · ');
    return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  };
  const rows = Math.max(...variants.map(({ topics }) => topics.length));
  return {
    data: [{ ...sankey, node: { ...sankey.node, label: sankey.node.label.map(own) } }, ...others],
    layout: {
      ...flow.layout,
      height: Math.min(1600, Math.max(360, 80 + rowHeight * rows)),
      margin: { t: 40, r: 8, b: 16, l: 8 },
      annotations: names.map((text, k) => ({
        text: `<b>${text}</b>`,
        x: names.length > 1 ? k / (names.length - 1) : 0,
        xanchor: k === 0 ? 'left' : k === names.length - 1 ? 'right' : 'center',
        y: 1,
        yshift: 22,
        xref: 'paper',
        yref: 'paper',
        showarrow: false,
      })),
    },
  };
}
