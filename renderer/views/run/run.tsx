import { Button, Group, Progress, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Empty } from '../../components/empty.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Icon } from '../../components/icons.tsx';
import { said } from '../../i18n/engine.ts';
import { useT } from '../../i18n/index.ts';
import { count, seconds } from '../../state/format.ts';
import { cancelRun, dismissRun, startRun } from '../../state/run.ts';
import { stages, useStore } from '../../state/store.ts';
import type { Run } from '../../state/store.ts';
import { PartialMap } from './partial-map.tsx';

/** A run: its stages with rate and time left, and the map as soon as there are points. */
export function RunView(): React.ReactNode {
  const t = useT();
  const run = useStore((s) => s.run);
  const draft = useStore((s) => s.draft);
  if (!run) return <Empty title={t('run.none')} />;
  return (
    <div className="page">
      <div className="sheet">
        <Group justify="space-between" mb="md">
          <Title order={1} fz="1.25rem">
            {t('run.title', { name: run.name })}
          </Title>
          {!run.done && (
            <Group gap="md">
              <Elapsed since={run.startedAt} />
              <Button variant="default" size="xs" onClick={cancelRun}>
                {t('action.cancelRun')}
              </Button>
            </Group>
          )}
        </Group>
        {run.error && (
          <ErrorNote
            error={run.error}
            onAgain={draft ? () => void startRun() : undefined}
            onClose={dismissRun}
          />
        )}
        <ol className="card" style={{ listStyle: 'none', margin: '16px 0', paddingBlock: 4 }}>
          {run.progress.download && <Stage name="download" run={run} />}
          {stages.map((stage) => (
            <Stage key={stage} name={stage} run={run} />
          ))}
        </ol>
        {run.partial.x && run.partial.y && <PartialMap partial={run.partial} />}
      </div>
    </div>
  );
}

function Elapsed({ since }: { since: number }): React.ReactNode {
  const t = useT();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1000);
    return () => window.clearInterval(timer);
  }, []);
  return (
    <Text fz="sm" c="dimmed" className="numbers">
      {t('run.elapsed', { time: seconds((now - since) / 1000) })}
    </Text>
  );
}

function Stage({ name, run }: { name: (typeof stages)[number] | 'download'; run: Run }): React.ReactNode {
  const t = useT();
  const progress = run.progress[name];
  const order = stages.indexOf(run.current as never);
  const finished = run.done ? !run.error : name !== 'download' && order > stages.indexOf(name);
  const state = finished || (progress?.fraction ?? 0) >= 1 ? 'done' : progress ? 'now' : 'waiting';
  const left = progress?.secondsLeft;
  const facts = [
    progress?.rate !== undefined &&
      t('run.rate', { rate: count(Math.round(progress.rate)), unit: said(progress.unit ?? '') }),
    left !== undefined && state === 'now' && t('run.left', { time: seconds(left) }),
  ].filter(Boolean);
  return (
    <li className={`stage ${state}`} aria-current={state === 'now' ? 'step' : undefined}>
      <span aria-hidden="true" style={{ color: 'var(--accent)' }}>
        {state === 'done' && <Icon name="check" />}
      </span>
      <span style={{ fontWeight: state === 'now' ? 600 : 400 }}>{t(`stage.${name}`)}</span>
      <div>
        {state === 'now' && (
          <>
            <Progress
              value={100 * (progress?.fraction ?? 0)}
              size="sm"
              aria-label={t('run.progressOf', { stage: t(`stage.${name}`) })}
            />
            {progress?.text && (
              <Text fz="xs" c="dimmed" mt={2}>
                {said(progress.text)}
              </Text>
            )}
          </>
        )}
      </div>
      <span className="number quiet">{facts.join(' · ')}</span>
    </li>
  );
}
