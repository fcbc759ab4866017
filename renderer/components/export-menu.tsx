import { Button, Menu } from '@mantine/core';
import { useT } from '../i18n/index.ts';
import { exportAs } from '../state/export.ts';
import type { ExportFormat } from '../state/export.ts';
import { count } from '../state/format.ts';
import { usePicked } from '../state/selection.ts';
import { useStore } from '../state/store.ts';
import { Icon } from './icons.tsx';

const formats: ExportFormat[] = ['csv', 'parquet', 'json', 'html', 'zip', 'distributions', 'bertopic'];
export const selections = ['selection-csv', 'selection-parquet', 'selection-json'] as const;

export function ExportMenu(): React.ReactNode {
  const t = useT();
  const project = useStore((s) => s.project);
  const picked = usePicked();
  return (
    <Menu position="bottom-end" withinPortal shadow="none">
      <Menu.Target>
        <Button size="xs" disabled={!project} leftSection={<Icon name="export" size={14} />}>
          {t('header.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item key={format} onClick={() => void exportAs(format)}>
            {t(`export.${format}` as 'export.csv')}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('export.selection', { count: count(picked?.rows.length ?? 0) })}</Menu.Label>
        {selections.map((format) => (
          <Menu.Item
            key={format}
            disabled={!picked || picked.rows.length === 0}
            onClick={() => picked && void exportAs(format, picked.rows)}
          >
            {t(`export.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
