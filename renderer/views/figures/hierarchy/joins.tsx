import type { HierarchyNodeResult } from '../../../../core/protocol.ts';
import { Scroll } from '../../../components/scroll.tsx';
import { useT } from '../../../i18n/index.ts';
import { count, decimal } from '../../../state/format.ts';

/** The tree's inner nodes as a table, from the top: what those see who can't see the drawing. */
export function Joins({ nodes }: { nodes: readonly HierarchyNodeResult[] }): React.ReactNode {
  const t = useT();
  const joins = nodes.filter((node) => node.topic === null).reverse();
  return (
    <details style={{ marginTop: 16 }}>
      <summary className="quiet" style={{ cursor: 'pointer', fontSize: '0.8125rem' }}>
        {t('hierarchy.joins', { count: count(joins.length) })}
      </summary>
      <Scroll label={t('hierarchy.joinsLabel')} style={{ overflow: 'auto', maxHeight: 360 }}>
        <table className="rows numbers">
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
        </table>
      </Scroll>
    </details>
  );
}
