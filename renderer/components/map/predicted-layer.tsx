import { useEffect, useMemo, useRef } from 'react';
import type { MapData } from '../../../core/protocol.ts';
import { useT } from '../../i18n/index.ts';
import { count } from '../../state/format.ts';
import { usePredicted, useWanted } from '../../state/predicted.ts';
import { drawDiamonds } from './diamonds.ts';
import type { Diamonds } from './diamonds.ts';
import type { Stage } from './stage.ts';

/** What is drawn of the predictions, for the map and for pictures of it. */
export function useDiamonds(map: MapData, dark: boolean): Diamonds {
  const { documents, shown } = usePredicted();
  const wanted = useWanted();
  return useMemo(() => {
    const colors = dark ? map.colors.dark : map.colors.light;
    return {
      documents,
      shown: shown ? wanted : [],
      color: (topic) => colors[topic] ?? (dark ? '#5c666f' : '#aab2b9'),
      edge: dark ? '#f2f4f5' : '#1a2127',
    };
  }, [documents, shown, wanted, map, dark]);
}

/** Predicted documents over the dots, and the legend's line that says so. */
export function PredictedLayer({ stage, diamonds }: { stage: Stage; diamonds: Diamonds }): React.ReactNode {
  const t = useT();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { documents, shown } = usePredicted();
  useEffect(() => {
    const draw = (): void => {
      if (canvas.current) drawDiamonds(canvas.current, diamonds, stage.camera, stage.size);
    };
    draw();
    return stage.subscribe(draw);
  }, [stage, diamonds]);
  return (
    <>
      <canvas ref={canvas} className="over" data-testid="diamonds" data-count={diamonds.shown.length} />
      {documents.length > 0 && (
        <button
          type="button"
          className="map-note numbers predicted-note"
          aria-pressed={shown}
          title={t('predicted.toggle')}
          onClick={() => usePredicted.setState({ shown: !shown })}
        >
          <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
            <path d="M6 .8 11.2 6 6 11.2.8 6Z" fill={shown ? 'currentColor' : 'none'} stroke="currentColor" />
          </svg>{' '}
          {t('predicted.legend', { count: count(diamonds.shown.length || documents.length) })}
        </button>
      )}
    </>
  );
}
