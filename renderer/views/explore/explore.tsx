import { ActionIcon, Tooltip, useComputedColorScheme } from '@mantine/core';
import { Icon } from '../../components/icons.tsx';
import { MapView } from '../../components/map/map-view.tsx';
import { Empty } from '../../components/empty.tsx';
import { Splitter } from '../../components/splitter.tsx';
import { useT } from '../../i18n/index.ts';
import { set, useStore } from '../../state/store.ts';
import { Details } from './details.tsx';
import { TopicList } from './topic-list.tsx';

/** The map in the middle, topics on the left, what was picked on the right; each answers the others. */
export function Explore(): React.ReactNode {
  const t = useT();
  const map = useStore((s) => s.map);
  const panes = useStore((s) => s.panes);
  const dark = useComputedColorScheme('light') === 'dark';
  const change = (part: Partial<typeof panes>): void => set({ panes: { ...panes, ...part } });
  if (!map) return <Empty title={t('explore.none')}>{t('explore.noneHint')}</Empty>;
  return (
    <div className="explore">
      {panes.topicsOpen ? (
        <>
          <section
            className="pane"
            style={{ width: `min(${panes.topics}px, 24vw)` }}
            aria-label={t('explore.topics')}
          >
            <TopicList onClose={() => change({ topicsOpen: false })} />
          </section>
          <Splitter
            label={t('explore.resizeTopics')}
            width={panes.topics}
            side="left"
            onWidth={(topics) => change({ topics })}
            onClose={() => change({ topicsOpen: false })}
          />
        </>
      ) : (
        <Opener icon="left" label={t('action.toggleTopics')} onClick={() => change({ topicsOpen: true })} />
      )}
      <section className="centre" aria-label={t('explore.map')}>
        <MapView map={map} dark={dark} />
      </section>
      {panes.detailsOpen ? (
        <>
          <Splitter
            label={t('explore.resizeDetails')}
            width={panes.details}
            side="right"
            onWidth={(details) => change({ details })}
            onClose={() => change({ detailsOpen: false })}
          />
          <section
            className="pane"
            style={{ width: `min(${panes.details}px, 32vw)` }}
            aria-label={t('explore.details')}
          >
            <Details onClose={() => change({ detailsOpen: false })} />
          </section>
        </>
      ) : (
        <Opener
          icon="right"
          label={t('action.toggleDetails')}
          onClick={() => change({ detailsOpen: true })}
        />
      )}
    </div>
  );
}

function Opener({
  icon,
  label,
  onClick,
}: {
  icon: 'left' | 'right';
  label: string;
  onClick: () => void;
}): React.ReactNode {
  return (
    <div style={{ padding: '6px 4px', background: 'var(--surface)', borderInline: '1px solid var(--line)' }}>
      <Tooltip label={label} position={icon === 'left' ? 'right' : 'left'}>
        <ActionIcon variant="subtle" color="gray" c="var(--quiet)" aria-label={label} onClick={onClick}>
          <Icon name={icon} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
