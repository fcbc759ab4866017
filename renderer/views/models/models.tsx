import { Button, Group, Progress, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { ModelEntry } from '../../../core/protocol.ts';
import { ErrorNote } from '../../components/error-note.tsx';
import { Loading } from '../../components/loading.tsx';
import { useT } from '../../i18n/index.ts';
import { useAnswer } from '../../state/answer.ts';
import { engine } from '../../state/engine.ts';
import { bytes, share } from '../../state/format.ts';
import { report } from '../../state/notices.ts';
import { refreshInfo } from '../../state/project.ts';
import { Scroll } from '../../components/scroll.tsx';

/** The models on this machine: where they came from, what they need, what they understand. */
export function Models(): React.ReactNode {
  const t = useT();
  const [version, setVersion] = useState(0);
  const { answer: models, error } = useAnswer('models.list', {}, version);
  const [source, setSource] = useState('');
  const [adding, setAdding] = useState<{ fraction: number; text: string } | null>(null);
  const [failed, setFailed] = useState<Error | null>(null);

  const changed = async (): Promise<void> => {
    setVersion((v) => v + 1);
    await refreshInfo();
  };
  const add = async (from: string): Promise<void> => {
    setFailed(null);
    setAdding({ fraction: 0, text: '' });
    try {
      await engine().request(
        'models.add',
        { source: from },
        { onProgress: ({ fraction, text = '' }) => setAdding({ fraction, text }) },
      );
      setSource('');
      await changed();
    } catch (caught) {
      setFailed(caught as Error);
    }
    setAdding(null);
  };

  return (
    <div className="page">
      <div className="sheet">
        <Title order={1} fz="1.25rem" mb={4}>
          {t('view.models')}
        </Title>
        <Text c="dimmed" mb="md">
          {t('models.hint')}
        </Text>
        {error && <ErrorNote error={error} />}
        {!models && !error && <Loading what={t('models.loading')} />}
        {models && (
          <Scroll className="card" style={{ overflowX: 'auto' }} label={t('view.models')}>
            <table className="rows">
              <thead>
                <tr>
                  <th scope="col">{t('models.name')}</th>
                  <th scope="col">{t('models.family')}</th>
                  <th scope="col">{t('models.languages')}</th>
                  <th scope="col">{t('models.devices')}</th>
                  <th scope="col">{t('models.license')}</th>
                  <th scope="col" className="number">
                    {t('models.size')}
                  </th>
                  <th scope="col" className="number">
                    {t('models.memory')}
                  </th>
                  <th scope="col">{t('models.state')}</th>
                </tr>
              </thead>
              <tbody>
                {models.map((model) => (
                  <Row key={model.name} model={model} onAdd={add} onChanged={changed} />
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
        <section className="card" style={{ marginTop: 24 }}>
          <h2 className="section-title">{t('models.add')}</h2>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (source.trim() !== '') void add(source.trim());
            }}
          >
            <Group align="flex-end" gap="xs">
              <TextInput
                style={{ flex: 1, minWidth: 240 }}
                label={t('models.source')}
                description={t('models.sourceHint')}
                value={source}
                onChange={(event) => setSource(event.currentTarget.value)}
              />
              <Button type="submit" disabled={adding !== null || source.trim() === ''}>
                {t('models.addButton')}
              </Button>
            </Group>
          </form>
          {adding && (
            <div role="status" style={{ marginTop: 12 }}>
              <Text fz="sm" c="dimmed" className="numbers">
                {adding.text || t('models.adding')} {share(adding.fraction, 0)}
              </Text>
              <Progress value={100 * adding.fraction} aria-label={t('models.adding')} />
            </div>
          )}
          {failed && <ErrorNote error={failed} onClose={() => setFailed(null)} />}
        </section>
      </div>
    </div>
  );
}

function Row({
  model,
  onAdd,
  onChanged,
}: {
  model: ModelEntry;
  onAdd: (source: string) => Promise<void>;
  onChanged: () => Promise<void>;
}): React.ReactNode {
  const t = useT();
  const remove = async (): Promise<void> => {
    try {
      await engine().request('models.remove', { name: model.name });
      await onChanged();
    } catch (error) {
      report(error);
    }
  };
  return (
    <tr>
      <td>
        <b>{model.title}</b>
        {model.note && <div className="quiet">{model.note}</div>}
      </td>
      <td>{model.family}</td>
      <td>{model.languages.includes('*') ? t('models.many') : model.languages.join(', ')}</td>
      <td>{model.devices.join(', ')}</td>
      <td>{model.license ?? '–'}</td>
      <td className="number">{bytes(model.bytes)}</td>
      <td className="number">{bytes(model.memoryBytes)}</td>
      <td>
        <Group gap={8} wrap="nowrap">
          {t(`models.where.${model.where}`)}
          {!model.installed && (
            <Button size="compact-xs" variant="default" onClick={() => void onAdd(model.name)}>
              {t('models.install')}
            </Button>
          )}
          {model.installed && model.where !== 'bundled' && (
            <Button size="compact-xs" variant="default" onClick={() => void remove()}>
              {t('models.remove')}
            </Button>
          )}
        </Group>
      </td>
    </tr>
  );
}
