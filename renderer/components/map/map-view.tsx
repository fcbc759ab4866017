import { useEffect, useMemo, useRef, useState } from 'react';
import { said } from '../../i18n/engine.ts';
import { useT } from '../../i18n/index.ts';
import { count, day, decimal } from '../../state/format.ts';
import { usePredicted } from '../../state/predicted.ts';
import { pickTopic, select, usePicked } from '../../state/selection.ts';
import { useMeasured } from '../../state/stability.ts';
import { useStore } from '../../state/store.ts';
import type { MapData } from '../../../core/protocol.ts';
import { boundsOf, coreBounds } from './camera.ts';
import type { Size } from './camera.ts';
import { coloring } from './coloring.ts';
import { density } from './density.ts';
import { diamondAt } from './diamonds.ts';
import { GridIndex } from './grid-index.ts';
import { Hover } from './hover.tsx';
import type { Hovered } from './hover.tsx';
import { Legend } from './legend.tsx';
import { Names } from './map-names.tsx';
import { PredictedLayer, useDiamonds } from './predicted-layer.tsx';
import { listen } from './pointer.ts';
import type { Mode } from './pointer.ts';
import { Stage } from './stage.ts';
import { Toolbar } from './toolbar.tsx';

/** The map of documents: what is selected anywhere lights up here, and what is caught here is selected everywhere. */
export function MapView({ map, dark }: { map: MapData; dark: boolean }): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const colorBy = useStore((s) => s.colorBy);
  const showContours = useStore((s) => s.contours);
  const showNames = useStore((s) => s.names);
  const document = useStore((s) => s.selection.document);
  const someTopics = useStore((s) => s.selection.topics.length > 0);
  const picked = usePicked();
  const measured = useMeasured();
  const [stage, setStage] = useState<Stage | null>(null);
  const [mode, setMode] = useState<Mode>('pan');
  const [hovered, setHovered] = useState<Hovered | null>(null);

  const node = useRef<HTMLDivElement>(null);
  const moved = useRef<HTMLDivElement>(null);
  const points = useRef<HTMLDivElement>(null);
  const lit = useRef<HTMLCanvasElement>(null);
  const rings = useRef<HTMLCanvasElement>(null);
  const outline = useRef<HTMLCanvasElement>(null);

  const { x, y } = map;
  const index = useMemo(() => new GridIndex(x, y), [x, y]);
  const bounds = useMemo(() => boundsOf(x, y), [x, y]);
  const core = useMemo(() => coreBounds(x, y), [x, y]);
  const contours = useMemo(() => (showContours ? density(x, y, bounds) : null), [showContours, x, y, bounds]);
  const colors = useMemo(
    () =>
      coloring(
        map,
        topics,
        colorBy,
        dark,
        {
          outliers: t('topics.outliers'),
          none: t('map.noValue'),
          other: t('map.otherValues'),
          number: (value) => (Number.isInteger(value) ? count(value) : decimal(value)),
          day,
          assigned: (how) => t(`assigned.${how}`),
          expert: said,
        },
        measured,
      ),
    [map, topics, colorBy, dark, t, measured],
  );
  const diamonds = useDiamonds(map, dark);
  const accent = dark ? '#8ec5e2' : '#0d5a7f';

  // The handlers are attached once and must see today's values.
  const latest = useRef({ mode, mask: picked?.mask ?? null, accent, diamonds });
  useEffect(() => {
    latest.current = { mode, mask: picked?.mask ?? null, accent, diamonds };
  });

  useEffect(() => {
    const own = new Stage(
      {
        moved: moved.current!,
        points: points.current!,
        picked: lit.current!,
        rings: rings.current!,
        outline: outline.current!,
      },
      index,
      core,
    );
    const observer = new ResizeObserver(([entry]) => {
      const { width, height }: Size = entry.contentRect;
      own.resize({ width: Math.floor(width), height: Math.floor(height) });
    });
    observer.observe(node.current!);
    const off = listen(node.current!, own, index, {
      mode: () => latest.current.mode,
      allowed: () => latest.current.mask,
      color: () => latest.current.accent,
      onHover: (row, px, py) => {
        const diamond = diamondAt(latest.current.diamonds, own.camera, own.size, px, py);
        const predicted = latest.current.diamonds.documents[diamond] ?? null;
        setHovered(row < 0 && !predicted ? null : { row, predicted, x: px, y: py });
      },
      onClick: (row, px, py) => {
        const open = diamondAt(latest.current.diamonds, own.camera, own.size, px, py);
        if (open >= 0) usePredicted.setState({ open, listed: true });
        select({ document: open >= 0 || row < 0 ? null : row });
      },
      onCaught: (rows) => {
        select({ rows: rows.length === 0 ? null : rows, document: null });
        setMode('pan');
      },
      onMoving: (moving) => node.current?.classList.toggle('moving', moving),
    });
    setStage(own);
    return () => {
      observer.disconnect();
      off();
      void own.dispose();
    };
  }, [index, core]);

  useEffect(() => {
    stage?.show({ x, y, coloring: colors, contours, contourColor: dark ? '#55616b' : '#9aa5ae' });
  }, [stage, x, y, colors, contours, dark]);
  useEffect(() => stage?.light(picked?.rows ?? null), [stage, picked, colors]);
  useEffect(() => {
    const under = hovered && !hovered.predicted ? hovered.row : null;
    const rows = [document, under].filter((row) => row !== null);
    stage?.ring(rows, accent);
  }, [stage, document, hovered, accent]);

  const keys = (event: React.KeyboardEvent): void => {
    if (!stage || event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    const step = 60;
    const moves: Record<string, () => void> = {
      ArrowLeft: () => stage.pan(step, 0),
      ArrowRight: () => stage.pan(-step, 0),
      ArrowUp: () => stage.pan(0, step),
      ArrowDown: () => stage.pan(0, -step),
      '+': () => stage.zoomBy(1.4),
      '=': () => stage.zoomBy(1.4),
      '-': () => stage.zoomBy(1 / 1.4),
      '0': () => stage.reset(),
    };
    const act = moves[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  return (
    <>
      <Toolbar
        map={map}
        stage={stage}
        mode={mode}
        onMode={setMode}
        dark={dark}
        colors={colors}
        diamonds={diamonds}
      />
      {/* A map is moved with arrow keys like a slider; "application" is the role that says so. */}
      {/* eslint-disable jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex */}
      <div
        ref={node}
        className={`map ${mode} ${picked ? 'picked' : ''} ${someTopics ? 'topics-picked' : ''}`}
        role="application"
        aria-label={t('map.label', { count: count(x.length) })}
        tabIndex={0}
        onKeyDown={keys}
        data-testid="map"
      >
        <div ref={moved} className="moved">
          <div ref={points} className="drawn" />
          <canvas ref={lit} className="over" />
        </div>
        <canvas ref={rings} className="over" />
        <canvas ref={outline} className="over" />
        {stage && showNames && (
          <Names
            stage={stage}
            map={map}
            topics={topics}
            onPick={(ids, more) => {
              if (ids.length === 1) pickTopic(ids[0], more);
              else select({ topics: ids, document: null });
            }}
          />
        )}
        {stage && <PredictedLayer stage={stage} diamonds={diamonds} />}
        {hovered && <Hover hovered={hovered} map={map} width={stage?.size.width ?? 0} />}
        {stage && <SampleNote stage={stage} total={x.length} />}
        <Legend coloring={colors} />
      </div>
      {/* eslint-enable */}
    </>
  );
}

/** Says so when not every point is drawn. */
function SampleNote({ stage, total }: { stage: Stage; total: number }): React.ReactNode {
  const t = useT();
  const [drawn, setDrawn] = useState(stage.drawn);
  useEffect(() => stage.subscribe(() => setDrawn(stage.drawn)), [stage]);
  if (!drawn.rows) return null;
  return (
    <div className="map-note numbers">
      {t('map.sampled', { drawn: count(drawn.rows.length), total: count(total) })}
    </div>
  );
}
