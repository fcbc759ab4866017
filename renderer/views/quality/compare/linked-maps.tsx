import { Button, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { ComparedVariant } from '../../../../core/protocol.ts';
import { useT } from '../../../i18n/index.ts';
import { useCompare } from '../../../state/compare.ts';
import { count } from '../../../state/format.ts';
import { select } from '../../../state/selection.ts';
import { set, useStore } from '../../../state/store.ts';
import { SmallMap } from './small-map.tsx';

/** The variants' maps: what is picked or pointed at on one lights up on all. */
export function LinkedMaps({ variants }: { variants: readonly ComparedVariant[] }): React.ReactNode {
  const t = useT();
  const { picked, hovered } = useCompare();
  const beginning = useStore((s) => (hovered >= 0 ? s.map?.hover[hovered] : undefined));
  return (
    <>
      <Text fz="sm" c="dimmed" mb="xs" className="numbers" role="status">
        {picked ? t('compare.picked', { count: count(picked.length) }) : t('compare.mapsHint')}{' '}
        {picked && (
          <>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => {
                select({ rows: picked, topics: [], document: null });
                set({ view: 'explore' });
              }}
            >
              {t('compare.explore')}
            </Button>{' '}
            <Button size="compact-xs" variant="subtle" onClick={() => useCompare.setState({ picked: null })}>
              {t('action.clear')}
            </Button>
          </>
        )}
      </Text>
      <div className="linked-maps">
        {variants.map((variant) => (
          <VariantMap key={variant.name} variant={variant} />
        ))}
      </div>
      <p className="quiet hovered-text" dir="auto" aria-hidden="true">
        {beginning ?? ''}
      </p>
    </>
  );
}

function VariantMap({ variant }: { variant: ComparedVariant }): React.ReactNode {
  const t = useT();
  const { hovered } = useCompare();
  const { name, topics, labels, colors } = variant;
  const sorted = useMemo(
    () => topics.filter((topic) => topic.id >= 0).sort((a, b) => b.count - a.count || a.id - b.id),
    [topics],
  );
  const under = hovered >= 0 ? labels[hovered] : null;
  const pickTopic = (id: number): void =>
    useCompare.setState({
      picked: Int32Array.from(labels.keys()).filter((row) => labels[row] === id),
    });
  return (
    <section aria-label={name}>
      <h4>
        {name} <span className="quiet numbers">{t('status.topics', { count: count(sorted.length) })}</span>
      </h4>
      <SmallMap variant={variant} />
      <ul aria-label={t('compare.topicsOf', { name })}>
        {sorted.slice(0, 12).map((topic) => (
          <li key={topic.id}>
            <button
              type="button"
              className="topic plain"
              style={{ fontWeight: under === topic.id ? 700 : undefined }}
              onClick={() => pickTopic(topic.id)}
            >
              <span className="swatch" style={{ background: colors[topic.id] }} />
              <span className="name" dir="auto">
                {topic.name}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
