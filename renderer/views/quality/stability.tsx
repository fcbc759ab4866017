import { NumberInput, TagsInput, Text } from '@mantine/core';
import { useState } from 'react';
import { useT } from '../../i18n/index.ts';
import { count } from '../../state/format.ts';
import { cancelStability, measureStability, useMeasured, useStability } from '../../state/stability.ts';
import { StabilityFindings } from './stability-findings.tsx';
import { Trial } from './trial.tsx';

const sizes = (values: readonly string[], least: number): number[] =>
  [...new Set(values.map(Number))].filter((v) => Number.isInteger(v) && v >= least).sort((a, b) => a - b);

/** Runs with other seeds (and other settings, if asked), and which topics come back in them. */
export function StabilitySection(): React.ReactNode {
  const t = useT();
  const { result, progress, error, cancel } = useStability();
  const measured = useMeasured();
  const [seeds, setSeeds] = useState<number | string>(5);
  const [topicSizes, setTopicSizes] = useState<string[]>([]);
  const [neighbors, setNeighbors] = useState<string[]>([]);
  const grid = { minTopicSize: sizes(topicSizes, 2), neighbors: sizes(neighbors, 2) };
  const runs = Number(seeds) * Math.max(1, grid.minTopicSize.length) * Math.max(1, grid.neighbors.length);
  const fraction = progress?.fraction ?? null;
  return (
    <Trial
      title={t('stability.title')}
      hint={t('stability.hint')}
      start={t('stability.measure', { runs: count(runs) })}
      enabled={Number(seeds) >= 1}
      running={
        cancel && {
          name: t('stability.progress'),
          fraction,
          text: t('stability.running', {
            done: count(Math.round((fraction ?? 0) * runs)),
            runs: count(runs),
          }),
        }
      }
      error={error}
      onStart={() => void measureStability({ seeds: Number(seeds), grid })}
      onCancel={cancelStability}
      settings={
        <>
          <NumberInput
            size="xs"
            w={110}
            label={t('stability.seeds')}
            min={1}
            max={100}
            allowDecimal={false}
            value={seeds}
            onChange={setSeeds}
          />
          <TagsInput
            size="xs"
            w={220}
            label={t('stability.sizes')}
            placeholder={topicSizes.length === 0 ? t('stability.asRun') : ''}
            value={topicSizes}
            onChange={setTopicSizes}
          />
          <TagsInput
            size="xs"
            w={220}
            label={t('stability.neighbors')}
            placeholder={neighbors.length === 0 ? t('stability.asRun') : ''}
            value={neighbors}
            onChange={setNeighbors}
          />
        </>
      }
    >
      {result && !measured && (
        <Text fz="sm" mt="sm" role="status">
          {t('stability.stale')}
        </Text>
      )}
      {measured && <StabilityFindings result={measured} />}
    </Trial>
  );
}
