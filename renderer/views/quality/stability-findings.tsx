import { Button, Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { StabilityResult } from '../../../core/protocol.ts';
import { FoldedTable } from '../../components/folded-table.tsx';
import { Scroll } from '../../components/scroll.tsx';
import { useT } from '../../i18n/index.ts';
import { useTopicColors } from '../../state/colors.ts';
import { count, decimal, share } from '../../state/format.ts';
import { select } from '../../state/selection.ts';
import { verdict } from '../../state/stability.ts';
import { set, useStore } from '../../state/store.ts';
import type { ColorBy } from '../../state/store.ts';

/** What other seeds found again: a sentence, each topic, each run, and a way to see it on the map. */
export function StabilityFindings({ result }: { result: StabilityResult }): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const labels = useStore((s) => s.map?.topic);
  const { kind, solid, shaky } = useMemo(() => verdict(result), [result]);
  const nameOf = useMemo(() => new Map(topics.map((topic) => [topic.id, topic.name])), [topics]);
  const unsettled = useMemo(
    () => Int32Array.from(result.settled.keys()).filter((row) => result.settled[row] < 0.5),
    [result],
  );
  const moved = useMemo(
    () => Int32Array.from(result.consensus.keys()).filter((row) => result.consensus[row] !== labels?.[row]),
    [result, labels],
  );
  const onMap = (colorBy: ColorBy, rows: Int32Array | null): void => {
    select({ rows, topics: [], document: null });
    set({ colorBy, view: 'explore' });
  };
  return (
    <>
      <p style={{ margin: '16px 0 12px', maxWidth: '72ch' }} role="status" data-testid="stability-verdict">
        {t(`stabilityVerdict.${kind}`, {
          solid: count(solid),
          topics: count(result.topics.length),
          runs: count(result.runs.length),
          shaky: count(shaky.length),
          names: shaky
            .slice(0, 5)
            .map((id) => nameOf.get(id) ?? String(id))
            .join('; '),
        })}
      </p>
      <Group gap="xs" mb="sm">
        <Button size="compact-xs" variant="default" onClick={() => onMap('settled', null)}>
          {t('stability.colorSettled')}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          disabled={unsettled.length === 0}
          onClick={() => onMap('settled', unsettled)}
        >
          {t('stability.showUnsettled', { count: count(unsettled.length) })}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          disabled={moved.length === 0}
          onClick={() => onMap('consensus', moved)}
        >
          {t('stability.showConsensus', { count: count(moved.length) })}
        </Button>
      </Group>
      <TopicTable result={result} nameOf={nameOf} />
      <RunTable runs={result.runs} />
    </>
  );
}

function TopicTable({
  result,
  nameOf,
}: {
  result: StabilityResult;
  nameOf: ReadonlyMap<number, string>;
}): React.ReactNode {
  const t = useT();
  const color = useTopicColors();
  // The least settled first: those are what a person has to look at.
  const rows = useMemo(
    () => [...result.topics].sort((a, b) => a.jaccard - b.jaccard || a.topic - b.topic),
    [result],
  );
  return (
    <Scroll label={t('stability.perTopic')} style={{ overflow: 'auto', maxHeight: 380 }}>
      <table className="rows numbers">
        <thead>
          <tr>
            <th scope="col">{t('details.topic')}</th>
            <th scope="col" className="number">
              {t('details.documents')}
            </th>
            <th scope="col" style={{ width: '36%' }}>
              {t('stability.reappears')}
            </th>
            <th scope="col" className="number">
              {t('stability.jaccard')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ topic, size, jaccard, reappears }) => (
            <tr key={topic}>
              <th scope="row">
                <button
                  type="button"
                  className="topic plain"
                  onClick={() => {
                    select({ topics: [topic], rows: null, document: null });
                    set({ view: 'explore' });
                  }}
                >
                  <span className="swatch" style={{ background: color(topic) }} />
                  <span className="name" dir="auto">
                    {nameOf.get(topic) ?? topic}
                  </span>
                </button>
              </th>
              <td className="number">{count(size)}</td>
              <td>
                <div className="share-bar">
                  <span className="track">
                    <span style={{ width: `${100 * reappears}%`, background: color(topic) }} />
                  </span>
                  <span className="number">{share(reappears, 0)}</span>
                </div>
              </td>
              <td className="number">{decimal(jaccard)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function RunTable({ runs }: { runs: StabilityResult['runs'] }): React.ReactNode {
  const t = useT();
  const varied = [...new Set(runs.flatMap((run) => Object.keys(run.params)))];
  return (
    <FoldedTable
      title={t('stability.runs', { count: count(runs.length) })}
      label={t('stability.runsLabel')}
      top={12}
      height={300}
      note={
        <Text fz="xs" c="dimmed" mt={6} maw="72ch">
          {t('stability.jaccardHint')}
        </Text>
      }
    >
      <thead>
        <tr>
          <th scope="col" className="number">
            {t('param.seed')}
          </th>
          {varied.map((name) => (
            <th key={name} scope="col" className="number">
              {t(name === 'minTopicSize' ? 'param.minTopicSize' : 'stability.neighborsShort')}
            </th>
          ))}
          <th scope="col" className="number">
            {t('quality.topics')}
          </th>
          <th scope="col" className="number">
            {t('quality.outliers')}
          </th>
          <th scope="col" className="number">
            {t('stability.jaccard')}
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run, k) => (
          <tr key={k}>
            <td className="number">{run.seed}</td>
            {varied.map((name) => (
              <td key={name} className="number">
                {String(run.params[name] as number)}
              </td>
            ))}
            <td className="number">{count(run.topics)}</td>
            <td className="number">{share(run.outlierShare)}</td>
            <td className="number">{decimal(run.jaccard)}</td>
          </tr>
        ))}
      </tbody>
    </FoldedTable>
  );
}
