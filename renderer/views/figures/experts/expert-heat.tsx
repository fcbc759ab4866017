import { useMemo } from 'react';
import type { ExpertsOverview } from '../../../../core/protocol.ts';
import { useT } from '../../../i18n/index.ts';
import { placeOf, useExpert } from '../../../state/experts.ts';
import { signed } from '../../../state/format.ts';
import { pickTopic } from '../../../state/selection.ts';
import { set, useStore } from '../../../state/store.ts';

/** Topics shown, the largest first: more lines nobody reads. */
const most = 40;
/** Deviations beyond this have the full colour. */
const full = 1.5;

/** Topics against experts: warm where a topic's documents use an expert more than the corpus does, cool where less. */
export function ExpertHeat({
  found,
  columns,
  chosen,
}: {
  found: ExpertsOverview;
  columns: readonly number[];
  chosen: number;
}): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const width = found.explained.length;
  const rows = useMemo(() => {
    const place = new Map(Array.from(found.topics, (id, k) => [id, k]));
    return topics
      .filter(({ id }) => place.has(id))
      .sort((a, b) => b.count - a.count || a.id - b.id)
      .slice(0, most)
      .map((topic) => ({ topic, values: found.deviations.subarray(place.get(topic.id)! * width) }));
  }, [found, topics, width]);
  const name = (column: number): string => t('topic.expert', placeOf(found, column));
  return (
    <div className="heat" role="group" aria-label={t('experts.heat', { count: rows.length })}>
      <table>
        <thead>
          <tr>
            <td />
            {columns.map((column) => {
              const { router, expert } = placeOf(found, column);
              return (
                <th key={column} scope="col" className={column === chosen ? 'on' : ''}>
                  <button
                    type="button"
                    aria-pressed={column === chosen}
                    aria-label={name(column)}
                    title={name(column)}
                    onClick={() => useExpert.setState({ column })}
                  >
                    {`${/\d+/.exec(router)?.[0] ?? router}·${expert}`}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ topic, values }) => (
            <tr key={topic.id}>
              <th scope="row" dir="auto" title={topic.name}>
                <button
                  type="button"
                  onClick={() => {
                    set({ view: 'explore' });
                    pickTopic(topic.id);
                  }}
                >
                  {topic.name}
                </button>
              </th>
              {columns.map((column) => (
                <td
                  key={column}
                  className={column === chosen ? 'on' : ''}
                  style={{ background: shade(values[column]) }}
                  title={t('experts.cell', {
                    expert: name(column),
                    topic: topic.name,
                    value: signed(values[column]),
                  })}
                  onClick={() => useExpert.setState({ column })}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="scale quiet numbers" aria-hidden="true">
        <span>{t('experts.deviation', { value: signed(-full) })}</span>
        <span className="ramp" />
        <span>{t('experts.deviation', { value: signed(full) })}</span>
      </div>
    </div>
  );
}

/** Blue to paper to orange: told apart by the colour-blind, and paper is the corpus' mean. */
function shade(value: number): string {
  const part = Math.round(100 * Math.min(1, Math.abs(value) / full));
  return `color-mix(in oklab, var(--${value < 0 ? 'less' : 'more'}) ${part}%, var(--raised))`;
}
