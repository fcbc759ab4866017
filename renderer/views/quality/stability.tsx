import { Button, Group, NumberInput, Progress, TagsInput, Text } from '@mantine/core';
import { useState } from 'react';
import { ErrorNote } from '../../components/error-note.tsx';
import { useT } from '../../i18n/index.ts';
import { count } from '../../state/format.ts';
import { cancelStability, measureStability, useMeasured, useStability } from '../../state/stability.ts';
import { StabilityFindings } from './stability-findings.tsx';

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
  return (
    <section className="card" style={{ marginTop: 24 }} aria-label={t('stability.title')}>
      <h2 className="section-title">{t('stability.title')}</h2>
      <Text fz="sm" c="dimmed" mb="sm" maw="72ch">
        {t('stability.hint')}
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void measureStability({ seeds: Number(seeds), grid });
        }}
      >
        <Group align="end" gap="sm">
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
          {cancel ? (
            <Button size="xs" variant="default" onClick={cancelStability}>
              {t('action.cancel')}
            </Button>
          ) : (
            <Button size="xs" type="submit" disabled={!(Number(seeds) >= 1)}>
              {t('stability.measure', { runs: count(runs) })}
            </Button>
          )}
        </Group>
      </form>
      {cancel && (
        <div role="status" style={{ marginTop: 12 }}>
          <Progress
            size="sm"
            value={100 * (progress?.fraction ?? 0)}
            aria-label={t('stability.progress')}
            animated={!progress}
          />
          <Text fz="xs" c="dimmed" mt={4} className="numbers">
            {t('stability.running', {
              done: count(Math.round((progress?.fraction ?? 0) * runs)),
              runs: count(runs),
            })}
          </Text>
        </div>
      )}
      {error && (
        <div style={{ marginTop: 12 }}>
          <ErrorNote error={error} />
        </div>
      )}
      {result && !measured && (
        <Text fz="sm" mt="sm" role="status">
          {t('stability.stale')}
        </Text>
      )}
      {measured && <StabilityFindings result={measured} />}
    </section>
  );
}
