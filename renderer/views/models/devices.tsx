import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ModelEntry, Results } from '../../../core/protocol.ts';
import { said } from '../../i18n/engine.ts';
import { useT } from '../../i18n/index.ts';
import { engine } from '../../state/engine.ts';
import { report } from '../../state/notices.ts';

/** The devices that a model was made for; on request each is tried, with what it said. */
export function Devices({ model }: { model: ModelEntry }): React.ReactNode {
  const t = useT();
  const [found, setFound] = useState<Results['models.devices'] | null>(null);
  const [busy, setBusy] = useState(false);
  const look = async (): Promise<void> => {
    setBusy(true);
    try {
      setFound(await engine().request('models.devices', { name: model.name }));
    } catch (error) {
      report(error);
    }
    setBusy(false);
  };
  if (found)
    return (
      <ul className="figures">
        {found.map(({ device, works, why }) => (
          <li key={device}>
            <b>{device}</b> {t(works ? 'models.works' : 'models.worksNot')}{' '}
            <span className="quiet">{said(why)}</span>
          </li>
        ))}
      </ul>
    );
  return (
    <div className="quiet">
      {t('models.madeFor', { devices: model.devices.join(', ') })}{' '}
      <Button
        size="compact-xs"
        variant="subtle"
        loading={busy}
        aria-label={t('models.tryNamed', { name: model.title })}
        onClick={() => void look()}
      >
        {t('models.try')}
      </Button>
    </div>
  );
}
