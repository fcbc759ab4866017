import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ModelOffer } from '../../../core/protocol.ts';
import { ErrorNote } from '../../components/error-note.tsx';
import { Loading } from '../../components/loading.tsx';
import { useT } from '../../i18n/index.ts';
import { bytes, count } from '../../state/format.ts';
import { addModel, askOffer, closeOffer, useModels } from '../../state/models.ts';
import { Memory } from './model-card.tsx';
import { useModelWords } from './words.ts';

/** What adding a model takes, before anything large is fetched. */
export function OfferDialog(): React.ReactNode {
  const t = useT();
  const asked = useModels((s) => s.asked);
  return (
    <Modal
      opened={asked !== null}
      onClose={closeOffer}
      title={t('models.offerTitle', { name: asked?.offer?.name ?? asked?.source.split('/').at(-1) ?? '' })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {asked?.error && (
        <ErrorNote error={asked.error} onAgain={() => void askOffer(asked.source)} onClose={closeOffer} />
      )}
      {asked && !asked.offer && !asked.error && <Loading what={t('models.asking')} />}
      {asked?.offer && <Offer offer={asked.offer} />}
    </Modal>
  );
}

function Offer({ offer }: { offer: ModelOffer }): React.ReactNode {
  const t = useT();
  const words = useModelWords();
  const disk = offer.diskBytes < offer.freeDiskBytes;
  const facts: [string, React.ReactNode][] = [
    [t('models.from'), offer.hub === null ? offer.source : `${offer.hub} · ${offer.revision?.slice(0, 8)}`],
    [t('models.license'), offer.license ?? t('models.noLicense')],
    [t('models.parameters'), words.parameters(offer.parameters)],
    [t('models.mixture'), words.experts(offer.experts)],
    [t('models.gate'), offer.gate ?? t('models.later')],
    [t('models.languages'), words.languages(offer.languages)],
    [
      t('models.download'),
      offer.hub === null
        ? t('models.noDownload')
        : t('models.downloadOf', { size: bytes(offer.downloadBytes), files: count(offer.files) }),
    ],
    [
      t('models.disk'),
      t('models.diskOf', { size: bytes(offer.diskBytes), free: bytes(offer.freeDiskBytes) }),
    ],
    [
      t('models.memory'),
      <div key="memory">
        <Memory needed={offer.memoryBytes} machine={offer.machineBytes} fits={offer.fits} />
        {t('models.memoryOf', {
          memory: bytes(offer.memoryBytes),
          precision: offer.precision,
          machine: bytes(offer.machineBytes),
        })}
      </div>,
    ],
    [t('models.devices'), offer.devices.join(', ')],
  ];
  return (
    <Stack gap="md">
      <dl className="offer numbers">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {!offer.fits && <Text fz="sm">{t('models.offerTooLarge')}</Text>}
      {!disk && <Text fz="sm">{t('models.offerNoDisk')}</Text>}
      {offer.installed && <Text fz="sm">{t('models.offerInstalled')}</Text>}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={closeOffer}>
          {t('action.cancel')}
        </Button>
        <Button disabled={!disk} onClick={() => void addModel(offer.source)} data-autofocus>
          {t(offer.hub === null ? 'models.convert' : 'models.fetch')}
        </Button>
      </Group>
    </Stack>
  );
}
