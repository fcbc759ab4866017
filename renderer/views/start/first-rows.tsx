import { Select } from '@mantine/core';
import type { CorpusPreviewResult } from '../../../core/protocol.ts';
import type { ColumnRoles } from '../../../core/stages.ts';
import { useT } from '../../i18n/index.ts';
import { setRole } from '../../state/corpus.ts';
import type { Draft } from '../../state/store.ts';
import { Scroll } from '../../components/scroll.tsx';

const roleNames = ['text', 'label', 'id', 'date'] as const;

/** The first rows as they are, with the roles of the columns to change beside them. */
export function FirstRows({
  draft,
  preview,
}: {
  draft: Draft;
  preview: CorpusPreviewResult;
}): React.ReactNode {
  const t = useT();
  const columns = preview.columns.map((column) => column.name);
  const roleOf = (column: string): string | null => {
    const role = roleNames.find((name) => draft.roles[name] === column);
    return role ? t(`role.${role}`) : null;
  };
  return (
    <section className="card">
      <div
        className="tiles"
        style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(140px, 1fr))', marginBottom: 16 }}
      >
        {roleNames.map((role: keyof ColumnRoles) => (
          <Select
            key={role}
            label={t(`role.${role}`)}
            size="xs"
            data={columns}
            value={draft.roles[role] ?? null}
            placeholder={t('role.none')}
            clearable={role !== 'text'}
            clearButtonProps={{ 'aria-label': t('action.clear') }}
            allowDeselect={role !== 'text'}
            onChange={(column) => void setRole(role, column)}
          />
        ))}
      </div>
      <Scroll style={{ overflowX: 'auto' }} label={t('start.firstRows')}>
        <table className="rows">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column}>
                  {column}
                  {roleOf(column) && (
                    <div style={{ color: 'var(--accent)', fontSize: '0.75rem' }}>{roleOf(column)}</div>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.first.slice(0, 8).map((row, index) => (
              <tr key={index}>
                {columns.map((column) => (
                  <td key={column} className={column === draft.roles.text ? 'long' : undefined}>
                    <div className={column === draft.roles.text ? 'cell' : 'cell short'} dir="auto">
                      {(row[column] ?? '').slice(0, 400)}
                    </div>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
