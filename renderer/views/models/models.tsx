import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { ErrorNote } from '../../components/error-note.tsx';
import { Loading } from '../../components/loading.tsx';
import { useT } from '../../i18n/index.ts';
import { useAnswer } from '../../state/answer.ts';
import { askOffer, useModels } from '../../state/models.ts';
import { useStore } from '../../state/store.ts';
import { AddingNote } from './adding-note.tsx';
import { ModelCard } from './model-card.tsx';
import { OfferDialog } from './offer-dialog.tsx';

/** The models on this machine, those worth adding, and what each needs and understands. */
export function Models(): React.ReactNode {
  const t = useT();
  const version = useModels((s) => s.version);
  const machine = useStore((s) => s.info?.memoryBytes ?? 0);
  const { answer: models, error } = useAnswer('models.list', {}, version);
  const here = models?.filter((model) => model.installed) ?? [];
  const others = models?.filter((model) => !model.installed) ?? [];
  return (
    <div className="page">
      <div className="sheet">
        <Title order={1} fz="1.25rem" mb={4}>
          {t('view.models')}
        </Title>
        <Text c="dimmed" mb="md" maw={680}>
          {t('models.hint')}
        </Text>
        <AddingNote />
        {error && <ErrorNote error={error} />}
        {!models && !error && <Loading what={t('models.loading')} />}
        {models && (
          <>
            <h2 className="section-title">{t('models.here')}</h2>
            <ul className="models">
              {here.map((model) => (
                <ModelCard key={model.name} model={model} machine={machine} />
              ))}
            </ul>
            <AddForm />
            <h2 className="section-title">{t('models.others')}</h2>
            <Text c="dimmed" fz="sm" mb="sm" maw={680}>
              {t('models.othersHint')}
            </Text>
            <ul className="models">
              {others.map((model) => (
                <ModelCard key={model.name} model={model} machine={machine} />
              ))}
            </ul>
          </>
        )}
        <OfferDialog />
      </div>
    </div>
  );
}

function AddForm(): React.ReactNode {
  const t = useT();
  const busy = useModels((s) => s.adding !== null && s.adding.error === null);
  const [source, setSource] = useState('');
  return (
    <form
      className="card"
      style={{ margin: '20px 0 28px' }}
      onSubmit={(event) => {
        event.preventDefault();
        if (source.trim() !== '') void askOffer(source.trim());
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          style={{ flex: 1, minWidth: 240 }}
          label={t('models.source')}
          description={t('models.sourceHint')}
          placeholder={t('models.sourceExample')}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={busy || source.trim() === ''}>
          {t('models.look')}
        </Button>
      </Group>
    </form>
  );
}
