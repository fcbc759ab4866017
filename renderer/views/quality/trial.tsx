import { Button, Group, Progress, Text } from '@mantine/core';
import { ErrorNote } from '../../components/error-note.tsx';
import { useT } from '../../i18n/index.ts';

/** What takes a while and is asked for by a form: its settings, how far it is, what went wrong, and below that its findings. */
export function Trial({
  title,
  hint,
  settings,
  start,
  enabled,
  running,
  error,
  onStart,
  onCancel,
  children,
}: {
  title: string;
  hint: string;
  settings: React.ReactNode;
  /** The button's words. */
  start: string;
  enabled: boolean;
  /** While it runs: how far (null before the first news) and its words. */
  running: { name: string; fraction: number | null; text: string } | null;
  error: Error | null;
  onStart: () => void;
  onCancel: () => void;
  children: React.ReactNode;
}): React.ReactNode {
  const t = useT();
  return (
    <section className="card" style={{ marginTop: 24 }} aria-label={title}>
      <h2 className="section-title">{title}</h2>
      <Text fz="sm" c="dimmed" mb="sm" maw="72ch">
        {hint}
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onStart();
        }}
      >
        <Group align="end" gap="md">
          {settings}
          {running ? (
            <Button size="xs" variant="default" onClick={onCancel}>
              {t('action.cancel')}
            </Button>
          ) : (
            <Button size="xs" type="submit" disabled={!enabled}>
              {start}
            </Button>
          )}
        </Group>
      </form>
      {running && (
        <div role="status" style={{ marginTop: 12 }}>
          <Progress
            size="sm"
            value={100 * (running.fraction ?? 0)}
            aria-label={running.name}
            animated={running.fraction === null}
          />
          <Text fz="xs" c="dimmed" mt={4} className="numbers">
            {running.text}
          </Text>
        </div>
      )}
      {error && (
        <div style={{ marginTop: 12 }}>
          <ErrorNote error={error} />
        </div>
      )}
      {children}
    </section>
  );
}
