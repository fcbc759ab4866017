import { Button, Stack, Text } from '@mantine/core';
import { useRef } from 'react';
import { ParamForm } from '../../components/param-form.tsx';
import { SizeReasons } from '../../components/size-reasons.tsx';
import { said } from '../../i18n/engine.ts';
import { useT } from '../../i18n/index.ts';
import { bytes, count, seconds } from '../../state/format.ts';
import { startRun } from '../../state/run.ts';
import { stages, useStore } from '../../state/store.ts';
import type { Draft } from '../../state/store.ts';

/** The model, the device, time and memory, before one commits to them. */
export function CostPanel({ draft }: { draft: Draft }): React.ReactNode {
  const t = useT();
  const running = useStore((s) => s.run !== null && !s.run.done);
  const settings = useRef<HTMLElement>(null);
  const { estimate, busy } = draft;
  return (
    <Stack gap={16} component="aside" aria-label={t('cost.title')}>
      <section className="card">
        <h2 className="section-title">{t('cost.title')}</h2>
        {estimate ? (
          <>
            <Text fz="1.5rem" fw={600} className="numbers">
              {seconds(estimate.totalSeconds)}
            </Text>
            <Text fz="sm" c="dimmed" mb="sm">
              {t('cost.memory', { memory: bytes(estimate.memoryBytes) })}
            </Text>
            <dl className="keywords" style={{ gridTemplateColumns: '1fr max-content' }}>
              {stages
                .filter((stage) => (estimate.seconds[stage] ?? 0) > 0)
                .map((stage) => (
                  <div key={stage} style={{ display: 'contents' }}>
                    <dt>{t(`stage.${stage}`)}</dt>
                    <dd className="number">{seconds(estimate.seconds[stage] ?? 0)}</dd>
                  </div>
                ))}
            </dl>
            <Text fz="sm" mt="sm">
              {t('cost.model', { model: estimate.model, device: estimate.device })}
            </Text>
            {estimate.why !== estimate.device && (
              <Text fz="xs" c="dimmed">
                {said(estimate.why)}
              </Text>
            )}
            <SizeReasons
              reasons={estimate.reasons}
              onChange={() =>
                settings.current?.querySelector<HTMLInputElement>('input[name=minTopicSize]')?.focus()
              }
            />
            {estimate.cachedDocuments > 0 && (
              <Text fz="xs" c="dimmed">
                {t('cost.cached', { count: count(estimate.cachedDocuments) })}
              </Text>
            )}
          </>
        ) : (
          <Text c="dimmed">{busy ? t('start.busy.estimate') : t('cost.none')}</Text>
        )}
        <Button fullWidth mt="md" disabled={running} onClick={() => void startRun()}>
          {t('action.run')}
        </Button>
      </section>
      <section className="card" ref={settings}>
        <h2 className="section-title">{t('cost.settings')}</h2>
        <ParamForm values={draft.params} />
      </section>
    </Stack>
  );
}
