import { useMemo } from 'react';
import type { HierarchyResult } from '../../../../core/protocol.ts';
import { useTopicColors } from '../../../state/colors.ts';
import { useT } from '../../../i18n/index.ts';
import { count } from '../../../state/format.ts';
import { layOut } from './tree.ts';

const rowHeight = 22;
/** The drawing's own width; it is stretched to the room that there is. */
const width = 1000;

/** Topics joined by likeness: names on the left, the less alike the further right; what is left of the cut is merged. */
export function Dendrogram({ tree, cut }: { tree: HierarchyResult; cut: number }): React.ReactNode {
  const t = useT();
  const color = useTopicColors();
  const { nodes, order } = tree;
  const { branches } = useMemo(() => layOut(nodes, order), [nodes, order]);
  const byTopic = new Map(nodes.filter((n) => n.topic !== null).map((n) => [n.topic!, n]));
  const most = 1.04 * (nodes.at(-1)?.height ?? 1) || 1;
  const x = (height: number): number => (width * height) / most;
  const y = (row: number): number => rowHeight * (row + 0.5);
  return (
    <div className="dendrogram">
      <ol aria-label={t('hierarchy.order')}>
        {order.map((topic) => (
          <li key={topic} style={{ height: rowHeight }} dir="auto" title={byTopic.get(topic)?.name}>
            <span className="name">{byTopic.get(topic)?.name ?? topic}</span>
            <span className="swatch" style={{ background: color(topic) }} />
          </li>
        ))}
      </ol>
      <svg
        viewBox={`0 0 ${width} ${rowHeight * order.length}`}
        height={rowHeight * order.length}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('hierarchy.drawing', { topics: count(order.length) })}
      >
        {branches.map(({ node, rows, from }) => (
          <path
            key={node.node}
            className={node.height <= cut ? 'made' : undefined}
            d={`M${x(from[0])} ${y(rows[0])}H${x(node.height)}V${y(rows[1])}H${x(from[1])}`}
          >
            <title>{`${node.keywords.map((k) => k.keyword).join(', ')} (${count(node.count)})`}</title>
          </path>
        ))}
        <line x1={x(cut)} x2={x(cut)} y1={0} y2={rowHeight * order.length} />
      </svg>
    </div>
  );
}
