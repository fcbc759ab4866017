import { Button, Group } from '@mantine/core';
import type { ModelEntry } from '../../../core/protocol.ts';
import { useT } from '../../i18n/index.ts';
import { bytes, decimal } from '../../state/format.ts';
import { askOffer, removeModel, useModels } from '../../state/models.ts';
import { Devices } from './devices.tsx';
import { useModelWords } from './words.ts';

/** One model: what it is, what it needs here, what was published of it, and what can be done with it. */
export function ModelCard({ model, machine }: { model: ModelEntry; machine: number }): React.ReactNode {
  const t = useT();
  const words = useModelWords();
  const busy = useModels((s) => s.adding !== null && s.adding.error === null);
  const facts = [
    words.parameters(model.parameters),
    words.experts(model.experts),
    words.languages(model.languages),
    model.license ?? t('models.noLicense'),
  ];
  return (
    <li className="model">
      <div className="about">
        <h3>
          {model.title}
          <span className="quiet">{model.hub?.split('/')[0] ?? t(`models.where.${model.where}`)}</span>
        </h3>
        <p className="numbers">{facts.join(' · ')}</p>
        {model.figures.length > 0 && (
          <ul className="figures numbers">
            {model.figures.map(({ what, value, by }) => (
              <li key={what}>
                <b>{decimal(value)}</b> {what} <span className="quiet">{by}</span>
              </li>
            ))}
          </ul>
        )}
        {model.installed && <Devices model={model} />}
      </div>
      <div className="needs numbers">
        <div>{t(model.installed ? 'models.onDisk' : 'models.toDownload', { size: bytes(model.bytes) })}</div>
        <Memory needed={model.memoryBytes} machine={machine} fits={model.fits} />
        <div className="quiet">
          {t('models.memoryAt', { memory: bytes(model.memoryBytes), precision: model.precision })}
        </div>
        {!model.fits && <div className="short">{t('models.tooLarge', { memory: bytes(machine) })}</div>}
      </div>
      <Group gap={8} justify="flex-end" className="does">
        {!model.installed && (
          <Button
            size="xs"
            variant={model.fits ? 'light' : 'default'}
            disabled={busy}
            aria-label={t('models.installNamed', { name: model.title })}
            onClick={() => void askOffer(model.hub ?? model.name)}
          >
            {t('models.install')}
          </Button>
        )}
        {model.installed && model.where !== 'bundled' && (
          <Button
            size="xs"
            variant="default"
            disabled={busy}
            aria-label={t('models.removeNamed', { name: model.title })}
            onClick={() => void removeModel(model.name)}
          >
            {t('models.remove')}
          </Button>
        )}
      </Group>
    </li>
  );
}

/** How much of the machine's memory a model wants, as a bar. */
export function Memory({
  needed,
  machine,
  fits,
}: {
  needed: number;
  machine: number;
  fits: boolean;
}): React.ReactNode {
  const share = machine > 0 ? Math.min(1, needed / machine) : 0;
  return (
    <div className={`memory${fits ? '' : ' over'}`} aria-hidden="true">
      <span style={{ width: `${Math.max(2, 100 * share)}%` }} />
    </div>
  );
}
