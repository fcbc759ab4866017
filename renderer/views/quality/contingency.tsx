import { useMemo } from 'react';
import type { MapData } from '../../../core/protocol.ts';
import { useT } from '../../i18n/index.ts';
import { count } from '../../state/format.ts';
import { useStore } from '../../state/store.ts';
import { Scroll } from '../../components/scroll.tsx';

/** Documents by label and topic: [labels][topics] counts, both by falling size. */
export function contingency(
  map: MapData,
  topicIds: readonly number[],
): { label: string; counts: number[]; total: number }[] {
  const column = new Map(topicIds.map((id, k) => [id, k]));
  const table = map.labelNames.map((label) => ({ label, counts: topicIds.map(() => 0), total: 0 }));
  for (let i = 0; i < map.topic.length; i++) {
    const label = map.label?.[i] ?? -1;
    if (label < 0) continue;
    table[label].total++;
    const k = column.get(map.topic[i]);
    if (k !== undefined) table[label].counts[k]++;
  }
  return table.sort((a, b) => b.total - a.total || a.label.localeCompare(b.label));
}

/** Which label's documents went to which topic. */
export function Contingency(): React.ReactNode {
  const t = useT();
  const map = useStore((s) => s.map);
  const topics = useStore((s) => s.topics);
  const columns = useMemo(() => {
    const real = topics
      .filter((topic) => topic.id >= 0)
      .sort((a, b) => b.count - a.count)
      .slice(0, 24);
    const outliers = topics.find((topic) => topic.id < 0);
    return outliers ? [...real, outliers] : real;
  }, [topics]);
  const table = useMemo(
    () =>
      map
        ? contingency(
            map,
            columns.map((topic) => topic.id),
          ).slice(0, 40)
        : [],
    [map, columns],
  );
  return (
    <section className="card" style={{ marginTop: 24 }}>
      <h2 className="section-title">{t('quality.contingency')}</h2>
      <Scroll style={{ overflow: 'auto' }} label={t('quality.contingency')}>
        <table className="rows numbers">
          <thead>
            <tr>
              <th scope="col">{t('role.label')}</th>
              {columns.map((topic) => (
                <th
                  key={topic.id}
                  scope="col"
                  style={{ maxWidth: 90, overflow: 'hidden', textOverflow: 'ellipsis' }}
                  title={topic.name}
                >
                  {topic.id < 0 ? t('topics.outliers') : topic.name.split(/[ ·,_]/)[0]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.map(({ label, counts, total }) => (
              <tr key={label}>
                <th scope="row" title={label}>
                  <span className="label" dir="auto">
                    {label}
                  </span>{' '}
                  <span className="quiet">{count(total)}</span>
                </th>
                {counts.map((value, k) => (
                  <td
                    key={columns[k].id}
                    className="number"
                    style={{
                      background:
                        value > 0
                          ? `color-mix(in srgb, var(--accent) ${Math.round((55 * value) / (total || 1))}%, transparent)`
                          : undefined,
                    }}
                  >
                    {value > 0 ? count(value) : ''}
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
