import type { HierarchyNodeResult } from '../../../../core/protocol.ts';
import { FoldedTable } from '../../../components/folded-table.tsx';
import { useT } from '../../../i18n/index.ts';
import { count, decimal } from '../../../state/format.ts';

/** The tree's inner nodes as a table, from the top: what those see who can't see the drawing. */
export function Joins({ nodes }: { nodes: readonly HierarchyNodeResult[] }): React.ReactNode {
  const t = useT();
  const joins = nodes.filter((node) => node.topic === null).reverse();
  return (
    <FoldedTable
      title={t('hierarchy.joins', { count: count(joins.length) })}
      label={t('hierarchy.joinsLabel')}
      top={16}
      height={360}
    >
      <thead>
        <tr>
          <th scope="col" className="number">
            {t('hierarchy.height')}
          </th>
          <th scope="col" className="number">
            {t('quality.topics')}
          </th>
          <th scope="col" className="number">
            {t('details.documents')}
          </th>
          <th scope="col">{t('hierarchy.keywords')}</th>
        </tr>
      </thead>
      <tbody>
        {joins.map((node) => (
          <tr key={node.node}>
            <td className="number">{decimal(node.height)}</td>
            <td className="number">{count(node.topics.length)}</td>
            <td className="number">{count(node.count)}</td>
            <td dir="auto">{node.keywords.map((k) => k.keyword).join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </FoldedTable>
  );
}
