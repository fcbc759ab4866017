import { ActionIcon, Group, Menu, Select, Tooltip } from '@mantine/core';
import type { MapData } from '../../../core/protocol.ts';
import { saveBlob } from '../../client/files.ts';
import { useT } from '../../i18n/index.ts';
import type { Key } from '../../i18n/index.ts';
import { report } from '../../state/notices.ts';
import { pickedNow } from '../../state/selection.ts';
import { useMeasured } from '../../state/stability.ts';
import { get, set, useStore } from '../../state/store.ts';
import type { ColorBy } from '../../state/store.ts';
import { Icon } from '../icons.tsx';
import type { IconName } from '../icons.tsx';
import { SearchBox } from '../search-box.tsx';
import type { Coloring } from './coloring.ts';
import type { Diamonds } from './diamonds.ts';
import { mapPng, mapSvg } from './picture.ts';
import type { Mode } from './pointer.ts';
import type { Stage } from './stage.ts';

const tools: { mode: Mode; icon: IconName; label: Key }[] = [
  { mode: 'pan', icon: 'pan', label: 'map.pan' },
  { mode: 'lasso', icon: 'lasso', label: 'map.lasso' },
  { mode: 'box', icon: 'box', label: 'map.box' },
];

export function Toolbar({
  map,
  stage,
  mode,
  onMode,
  dark,
  colors,
  diamonds,
}: {
  map: MapData;
  stage: Stage | null;
  mode: Mode;
  onMode: (mode: Mode) => void;
  dark: boolean;
  colors: Coloring;
  diamonds: Diamonds;
}): React.ReactNode {
  const t = useT();
  const colorBy = useStore((s) => s.colorBy);
  const contours = useStore((s) => s.contours);
  const names = useStore((s) => s.names);
  const choices: ColorBy[] = ['topic'];
  if (map.label) choices.push('label');
  if (map.date) choices.push('date');
  choices.push('probability', 'length');
  if (map.expert) choices.push('expert');
  if (map.assignedBy.some((how) => how > 0)) choices.push('assigned');
  if (useMeasured()) choices.push('settled', 'consensus');

  const picture = async (kind: 'png' | 'svg'): Promise<void> => {
    if (!stage) return;
    try {
      const { names: named, topics } = get();
      const shot = {
        map,
        diamonds,
        stage,
        colors,
        dark,
        names: named,
        topics,
        mask: pickedNow()?.mask ?? null,
      };
      saveBlob(
        `${get().project?.name ?? 'map'}.${kind}`,
        await (kind === 'png' ? mapPng(shot) : mapSvg(shot)),
      );
    } catch (error) {
      report(error);
    }
  };

  return (
    <div className="toolbar" role="toolbar" aria-label={t('map.tools')}>
      <SearchBox />
      <Select
        size="xs"
        w={126}
        leftSection={<Icon name="color" size={14} />}
        aria-label={t('map.colorBy')}
        comboboxProps={{ width: 'max-content' }}
        data={choices.map((value) => ({ value, label: t(`color.${value}`) }))}
        value={choices.includes(colorBy) ? colorBy : 'topic'}
        allowDeselect={false}
        onChange={(value) => set({ colorBy: value as ColorBy })}
      />
      <Group gap={2} wrap="nowrap" ml="auto">
        {tools.map((tool) => (
          <Tool
            key={tool.mode}
            icon={tool.icon}
            label={t(tool.label)}
            pressed={mode === tool.mode}
            onClick={() => onMode(tool.mode)}
          />
        ))}
        <Tool icon="home" label={t('map.reset')} onClick={() => stage?.reset()} />
        <Tool
          icon="contours"
          label={t('map.contours')}
          pressed={contours}
          onClick={() => set({ contours: !contours })}
        />
        <Tool icon="names" label={t('map.names')} pressed={names} onClick={() => set({ names: !names })} />
        <Menu position="bottom-end" shadow="none">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" c="var(--quiet)" aria-label={t('map.picture')}>
              <Icon name="export" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void picture('png')}>{t('map.png')}</Menu.Item>
            <Menu.Item onClick={() => void picture('svg')}>{t('map.svg')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    </div>
  );
}

function Tool({
  icon,
  label,
  pressed,
  onClick,
}: {
  icon: IconName;
  label: string;
  pressed?: boolean;
  onClick: () => void;
}): React.ReactNode {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={pressed ? 'light' : 'subtle'}
        color={pressed ? 'ink' : 'gray'}
        c={pressed ? 'var(--accent)' : 'var(--quiet)'}
        aria-label={label}
        aria-pressed={pressed}
        onClick={onClick}
      >
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  );
}
