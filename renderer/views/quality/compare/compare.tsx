import { Checkbox, Group, MultiSelect, Text, useComputedColorScheme } from '@mantine/core';
import { useState } from 'react';
import { Plot } from '../../../components/plot.tsx';
import { said } from '../../../i18n/engine.ts';
import { useT } from '../../../i18n/index.ts';
import { share } from '../../../state/format.ts';
import { cancelCompare, compareEmbeddings, useCompare } from '../../../state/compare.ts';
import { useStore } from '../../../state/store.ts';
import { LinkedMaps } from './linked-maps.tsx';
import { MetricsTable } from './metrics-table.tsx';
import { Trial } from '../trial.tsx';

const embeddings = ['hs', 'rw', 'concat', 'sum'] as const;
type Embedding = (typeof embeddings)[number];

/** What the routers add: topics by hidden states, routing weights and both, everything else equal. */
export function CompareSection(): React.ReactNode {
  const t = useT();
  const { result, progress, error, cancel } = useCompare();
  const installed = useStore((s) => s.info?.models)?.filter((model) => model.installed) ?? [];
  const dark = useComputedColorScheme('light') === 'dark';
  const [chosen, setChosen] = useState<string[]>([...embeddings]);
  const [models, setModels] = useState<string[]>([]);
  const variants = chosen.length * Math.max(1, models.length);
  return (
    <Trial
      title={t('compare.title')}
      hint={t('compare.hint')}
      start={t('compare.start')}
      enabled={variants >= 2}
      running={
        cancel && {
          name: t('compare.progress'),
          fraction: progress?.fraction ?? null,
          text: progress
            ? t('compare.running', {
                stage: t(`stage.${progress.stage}`),
                share: share(progress.fraction, 0),
              })
            : t('compare.waiting'),
        }
      }
      error={error}
      onStart={() =>
        void compareEmbeddings({
          embeddings: embeddings.filter((name) => chosen.includes(name)),
          models,
          theme: dark ? 'dark' : 'light',
        })
      }
      onCancel={cancelCompare}
      settings={
        <>
          <Checkbox.Group label={t('compare.embeddings')} size="xs" value={chosen} onChange={setChosen}>
            <Group gap="md" mt={6}>
              {embeddings.map((name: Embedding) => (
                <Checkbox key={name} size="xs" value={name} label={t(`embedding.${name}`)} />
              ))}
            </Group>
          </Checkbox.Group>
          {installed.length > 1 && (
            <MultiSelect
              size="xs"
              w={240}
              label={t('compare.models')}
              placeholder={models.length === 0 ? t('compare.asRun') : ''}
              data={installed.map((model) => ({ value: model.name, label: model.title }))}
              value={models}
              onChange={setModels}
            />
          )}
        </>
      }
    >
      {result && (
        <>
          {result.leftOut.map(({ name, reason }) => (
            <Text key={name} fz="sm" mt="sm">
              {t('compare.leftOut', { name, reason: said(reason) })}
            </Text>
          ))}
          <MetricsTable result={result} />
          <h3 className="section-title" style={{ marginTop: 20 }}>
            {t('compare.maps')}
          </h3>
          <LinkedMaps variants={result.variants} />
          <h3 className="section-title" style={{ marginTop: 20 }}>
            {t('compare.flow')}
          </h3>
          <Plot
            figure={result.flow}
            label={t('compare.flow')}
            height={Number(result.flow.layout.height) || 480}
          />
        </>
      )}
    </Trial>
  );
}
