import { Button, Group, Progress, Text } from '@mantine/core';
import { ErrorNote } from '../../components/error-note.tsx';
import { said } from '../../i18n/engine.ts';
import { useT } from '../../i18n/index.ts';
import { decimal, seconds, share } from '../../state/format.ts';
import { addModel, cancelAdding, dismissAdding, useModels } from '../../state/models.ts';

/** The model that is being added: how far, how fast, how long still, and a way to stop. */
export function AddingNote(): React.ReactNode {
  const t = useT();
  const adding = useModels((s) => s.adding);
  if (!adding) return null;
  if (adding.error)
    return (
      <div style={{ marginBottom: 16 }}>
        <ErrorNote
          error={adding.error}
          onAgain={() => void addModel(adding.source)}
          onClose={dismissAdding}
        />
      </div>
    );
  const { progress } = adding;
  const fetching = progress?.stage === 'download';
  const facts = [
    progress && share(progress.fraction, 0),
    progress?.text && said(progress.text),
    fetching && progress.rate !== undefined && `${decimal(progress.rate, 1)} ${progress.unit}/s`,
    progress?.secondsLeft !== undefined && t('run.left', { time: seconds(progress.secondsLeft) }),
  ].filter(Boolean);
  return (
    <section className="card" role="status" style={{ marginBottom: 20 }}>
      <Group justify="space-between" mb={8} wrap="nowrap">
        <div>
          <b>
            {t(fetching ? 'models.fetching' : progress ? 'models.converting' : 'models.starting', {
              name: adding.source,
            })}
          </b>
          <Text fz="sm" c="dimmed" className="numbers">
            {facts.join(' · ') || ' '}
          </Text>
        </div>
        <Button variant="default" size="xs" onClick={cancelAdding}>
          {t('action.cancel')}
        </Button>
      </Group>
      <Progress
        value={progress ? 100 * progress.fraction : 100}
        animated={!progress}
        aria-label={t('models.adding')}
      />
    </section>
  );
}
