import { useEffect, useMemo, useReducer } from 'react';
import type { MapData } from '../../../core/protocol.ts';
import type { Topic } from '../../../core/stages.ts';
import { usePreferences } from '../../state/preferences.ts';
import { useStore } from '../../state/store.ts';
import { mapText, placeNames } from './names.ts';
import type { MapName } from './names.ts';
import type { Stage } from './stage.ts';

const widths = new Map<string, number>();
let context: CanvasRenderingContext2D | null = null;

function measure(text: string, coarse: boolean): number {
  const key = coarse ? `#${text}` : text;
  const known = widths.get(key);
  if (known !== undefined) return known;
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return 7 * text.length;
  context.font = `600 ${coarse ? 15 : 12}px ${getComputedStyle(document.body).fontFamily}`;
  const width = context.measureText(text).width + 10;
  widths.set(key, width);
  return width;
}

/** The topics' names over the map: placed anew with every movement, so they stay sharp and never touch. */
export function Names({
  stage,
  map,
  topics,
  onPick,
}: {
  stage: Stage;
  map: MapData;
  topics: readonly Topic[];
  onPick: (topics: number[], more: boolean) => void;
}): React.ReactNode {
  const selected = useStore((s) => s.selection.topics);
  const [, again] = useReducer((turn: number) => turn + 1, 0);
  useEffect(() => {
    let frame = 0;
    const off = stage.subscribe(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(again);
    });
    return () => {
      cancelAnimationFrame(frame);
      off();
    };
  }, [stage]);

  const weight = useMemo(() => {
    const counts = new Map(topics.map((topic) => [topic.id, topic.count]));
    return (name: MapName): number => name.topics.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0);
  }, [topics]);
  // A renamed topic shows its new name before the engine draws the map again.
  const current = useMemo(() => {
    const names = new Map(topics.map((topic) => [topic.id, topic.name]));
    return map.names.map((name) =>
      name.topics.length === 1 ? { ...name, text: names.get(name.topics[0]) ?? name.text } : name,
    );
  }, [map.names, topics]);

  const textScale = usePreferences((preferences) => preferences.zoom) / 100;
  const written = (text: string, coarse: boolean): number =>
    textScale * measure(mapText(text, stage.zoom), coarse);
  const placed = placeNames(current, weight, stage.camera, stage.size, written, textScale);
  return (
    <div className="map-names">
      {placed.map(({ name, x, y, coarse }) => (
        <button
          key={`${name.level}:${name.topics.join(',')}`}
          type="button"
          tabIndex={-1}
          dir="auto"
          title={name.text}
          className={`map-name ${coarse ? 'coarse' : ''} ${name.topics.some((id) => selected.includes(id)) ? 'on' : ''}`}
          style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          onClick={(event) => onPick([...name.topics], event.shiftKey || event.ctrlKey || event.metaKey)}
        >
          {mapText(name.text, stage.zoom)}
        </button>
      ))}
    </div>
  );
}
