import { useT } from '../../i18n/index.ts';
import type { Coloring } from './coloring.ts';

/** What the colours say where names on the map don't. */
export function Legend({ coloring }: { coloring: Coloring }): React.ReactNode {
  const t = useT();
  const { layers, legend } = coloring;
  if (legend === 'none') return null;
  if (legend === 'scale') {
    const colored = layers.slice(1);
    return (
      <div className="legend numbers" role="img" aria-label={t('map.legend')}>
        <span
          style={{
            width: 200,
            height: 10,
            borderRadius: 2,
            background: `linear-gradient(90deg, ${colored.map((layer) => layer.color).join(', ')})`,
          }}
        />
        <div style={{ justifyContent: 'space-between' }}>
          <span>{colored[0].name}</span>
          <span>{colored[colored.length - 1].name}</span>
        </div>
      </div>
    );
  }
  return (
    // A long legend scrolls, with the keyboard too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="legend" role="group" tabIndex={0} aria-label={t('map.legend')}>
      {layers.slice(1).map((layer) => (
        <div key={layer.name}>
          <span className="swatch" style={{ background: layer.color }} />
          <span dir="auto">{layer.name}</span>
        </div>
      ))}
      <div>
        <span className="swatch" style={{ background: layers[0].color }} />
        <span>{layers[0].name}</span>
      </div>
    </div>
  );
}
