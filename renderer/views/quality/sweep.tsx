import { Button, Group, Select, Text, useComputedColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ErrorNote } from '../../components/error-note.tsx';
import { Loading } from '../../components/loading.tsx';
import { Plot } from '../../components/plot.tsx';
import { useT } from '../../i18n/index.ts';
import { useAnswer } from '../../state/answer.ts';
import { count, share } from '../../state/format.ts';
import { tell } from '../../state/notices.ts';
import { apply, undo } from '../../state/operations.ts';
import { useStore } from '../../state/store.ts';
import { sweepFigure } from './sweep-figure.ts';

/** Topics and outliers by the smallest topic's size: the cliff is seen before one commits to a number, and a click commits to it. */
export function Sweep(): React.ReactNode {
  const t = useT();
  const { answer: points, error } = useAnswer('quality.sweep', {}, null);
  const project = useStore((s) => s.project);
  const dark = useComputedColorScheme('light') === 'dark';
  const size = project?.minTopicSize ?? null;
  const topics = project?.topics.filter((topic) => topic.id >= 0).length ?? 0;
  const outlierShare = project ? project.outliers / Math.max(1, project.documents) : 0;
  const figure = useMemo(
    () => points && sweepFigure(points, size === null ? null : { size, topics, outlierShare }, dark, t),
    [points, size, topics, outlierShare, dark, t],
  );
  const { busy, done, cluster } = useReclustering();
  // K-means knows no smallest size.
  const possible = size !== null;
  return (
    <section className="card" style={{ marginTop: 24 }} aria-label={t('quality.sweep')}>
      <h2 className="section-title">{t('quality.sweep')}</h2>
      <Text fz="sm" c="dimmed" mb="sm" maw="72ch">
        {t('quality.sweepHint')} {possible && t('quality.sweepClick')}
      </Text>
      {error ? (
        <ErrorNote error={error} />
      ) : points && figure ? (
        <>
          <Plot
            figure={figure}
            label={t('quality.sweep')}
            height={320}
            onPoint={possible && !busy ? (x) => void cluster(x) : undefined}
          />
          {possible && (
            <SizeForm
              sizes={points.map((point) => ({
                value: String(point.size),
                label: t('quality.sizeChoice', {
                  size: count(point.size),
                  topics: count(point.topics),
                  share: share(point.outlierShare),
                }),
              }))}
              inUse={size}
              busy={busy}
              done={done}
              onCluster={(chosen) => void cluster(chosen)}
            />
          )}
        </>
      ) : (
        <Loading what={t('quality.sweeping')} />
      )}
    </section>
  );
}

/** Clusters the project again, one size at a time; `done` while what it gave can be taken back from here. */
function useReclustering(): { busy: boolean; done: boolean; cluster: (size: number) => Promise<void> } {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const steps = useStore((s) => s.project?.undoable ?? 0);
  const [after, setAfter] = useState<number | null>(null);
  return {
    busy,
    done: after === steps && steps > 0,
    cluster: async (minTopicSize) => {
      setBusy(true);
      const worked = await apply({ type: 'recluster', minTopicSize });
      setBusy(false);
      if (!worked) return;
      setAfter(steps + 1);
      tell(t('quality.reclustered', { size: count(minTopicSize) }));
    },
  };
}

/** The same without a mouse. */
function SizeForm({
  sizes,
  inUse,
  busy,
  done,
  onCluster,
}: {
  sizes: { value: string; label: string }[];
  inUse: number;
  busy: boolean;
  done: boolean;
  onCluster: (size: number) => void;
}): React.ReactNode {
  const t = useT();
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Group align="end" gap="md" mt="sm">
      <Select
        size="xs"
        w={300}
        label={t('quality.size')}
        placeholder={t('quality.chooseSize')}
        data={sizes}
        value={chosen}
        onChange={setChosen}
      />
      <Button
        size="xs"
        loading={busy}
        disabled={chosen === null || Number(chosen) === inUse}
        onClick={() => onCluster(Number(chosen))}
      >
        {t('quality.recluster')}
      </Button>
      {done && (
        <Button size="xs" variant="default" onClick={() => void undo()}>
          {t('action.undo')}
        </Button>
      )}
    </Group>
  );
}
