import { useEffect, useState } from 'react';
import type { MapData, PredictedDocument } from '../../../core/protocol.ts';
import { engine } from '../../state/engine.ts';
import { share } from '../../state/format.ts';
import { useStore } from '../../state/store.ts';
import { useT } from '../../i18n/index.ts';

export interface Hovered {
  readonly row: number;
  /** A predicted document lies above the project's own. */
  readonly predicted: PredictedDocument | null;
  readonly x: number;
  readonly y: number;
}

/** The document under the pointer: its topic and its beginning, as text and nothing else. */
export function Hover({
  hovered,
  map,
  width,
}: {
  hovered: Hovered;
  map: MapData;
  width: number;
}): React.ReactNode {
  const t = useT();
  const { row, predicted, x, y } = hovered;
  const own = useBeginning(map, row);
  const topic = predicted?.topic ?? map.topic[row];
  const text = predicted?.snippet.slice(0, 160) ?? own;
  const probability = predicted?.probability ?? map.probability[row];
  const name = useStore((s) => s.topics.find((found) => found.id === topic)?.name);
  const left = x > width / 2;
  return (
    <div
      className="map-hover"
      data-testid="map-hover"
      style={{
        top: y + 14,
        ...(left ? { right: width - x + 14 } : { left: x + 14 }),
      }}
    >
      <b dir="auto">{topic < 0 ? t('topics.outliers') : name}</b>
      <span className="quiet numbers">
        {topic >= 0 && ` ${share(probability, 0)}`}
        {predicted && ` · ${t('assigned.transform')} · ${predicted.id}`}
        {!predicted && map.label && map.label[row] >= 0 && ` · ${map.labelNames[map.label[row]]}`}
      </span>
      <div dir="auto">{text}</div>
    </div>
  );
}

/** The beginning of a document; asked for when the map came without (that of a very large corpus does). */
function useBeginning(map: MapData, row: number): string {
  const own = map.hover[row] as string | undefined;
  const [asked, setAsked] = useState<{ row: number; text: string } | null>(null);
  useEffect(() => {
    if (own !== undefined) return;
    let current = true;
    const timer = window.setTimeout(() => {
      void engine()
        .request('documents.get', { row })
        .then(({ snippet }) => current && setAsked({ row, text: snippet.slice(0, 160) }))
        .catch(() => undefined);
    }, 60);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [own, row]);
  return own ?? (asked?.row === row ? asked.text : '…');
}
