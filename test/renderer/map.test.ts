import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeProject } from '../../renderer/client/fake-data.ts';
import {
  coreBounds,
  fit,
  panBy,
  toData,
  toScreen,
  visible,
  zoomAt,
} from '../../renderer/components/map/camera.ts';
import { coloring } from '../../renderer/components/map/coloring.ts';
import { GridIndex, contains } from '../../renderer/components/map/grid-index.ts';
import { placeNames } from '../../renderer/components/map/names.ts';
import { drawLimit, sample } from '../../renderer/components/map/sample.ts';

const size = { width: 900, height: 600 };
const words = {
  outliers: 'outliers',
  none: 'none',
  other: 'others',
  number: String,
  day: (value: number) => new Date(value).toISOString().slice(0, 10),
  assigned: String,
  expert: String,
};

describe('the camera', () => {
  it('first shows the bulk: a small topic that lies apart doesn’t make it small, a long tail stays', () => {
    const n = 1000;
    const even = Float32Array.from({ length: n }, (_, i) => (i % 100) / 100);
    const apart = even.map((v, i) => (i < 20 ? 50 + v : v));
    const { x0, x1, y1 } = coreBounds(apart, even);
    expect(x0).toBeCloseTo(0, 1);
    expect(x1).toBeLessThan(1.4);
    expect(y1).toBeCloseTo(1, 1);
    // One in ten far away is no accident: it is shown.
    const half = even.map((v, i) => (i < 100 ? 5 + v : v));
    expect(coreBounds(half, even).x1).toBeGreaterThan(5.5);
  });

  it('keeps the data under the pointer while zooming, and under the hand while panning', () => {
    const number = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(number, number, fc.double({ min: 0.1, max: 8, noNaN: true }), (px, py, factor) => {
        const camera = fit({ x0: -3, x1: 5, y0: -1, y1: 2 }, size);
        const before = toData(camera, size, px, py);
        const after = toData(zoomAt(camera, size, px, py, factor), size, px, py);
        expect(after[0]).toBeCloseTo(before[0], 6);
        expect(after[1]).toBeCloseTo(before[1], 6);
        const moved = toScreen(panBy(camera, 30, -20), size, ...before);
        expect(moved[0]).toBeCloseTo(px + 30, 6);
        expect(moved[1]).toBeCloseTo(py - 20, 6);
      }),
    );
  });
});

describe('what is shown first', () => {
  const spread = Float32Array.from({ length: 2000 }, (_, i) => (i * 7919) % 100);

  it('is where the bulk of the documents lies, whatever a few far ones do', () => {
    const far = spread.slice();
    far[10] = 5000;
    const bounds = coreBounds(far, spread);
    expect(bounds.x1).toBeLessThan(120);
    expect(bounds.x0).toBeGreaterThan(-20);
  });

  it('is known although one document in twenty has no text and so no place', () => {
    const holes = spread.map((v, i) => (i % 20 === 0 ? NaN : v));
    const { x0, x1, y0, y1 } = coreBounds(holes, holes);
    for (const v of [x0, x1, y0, y1]) expect(v).toSatisfy(Number.isFinite);
    expect(x1 - x0).toBeGreaterThan(90);
  });
});

describe('the grid index', () => {
  it('finds the same nearest point as looking at all of them', () => {
    const { map } = makeProject(3000);
    const index = new GridIndex(map.x, map.y);
    fc.assert(
      fc.property(
        fc.double({ min: -12, max: 12, noNaN: true }),
        fc.double({ min: -12, max: 12, noNaN: true }),
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        (x, y, radius) => {
          let best = -1;
          let least = radius * radius;
          for (let i = 0; i < map.x.length; i++) {
            const d = (map.x[i] - x) ** 2 + (map.y[i] - y) ** 2;
            if (d < least) [best, least] = [i, d];
          }
          expect(index.nearest(x, y, radius)).toBe(best);
        },
      ),
    );
  });

  it('catches with a lasso exactly the points inside it, in row order', () => {
    const { map } = makeProject(2000);
    const index = new GridIndex(map.x, map.y);
    const lasso = [-4, -4, 3, -5, 5, 1, 0.5, 0, -1, 4];
    const expected = [...map.x.keys()].filter((i) => contains(lasso, map.x[i], map.y[i]));
    expect([...index.inside(lasso)]).toEqual(expected);
  });

  it('leaves out documents without a place', () => {
    const [x, y] = [Float32Array.of(0, NaN, 1, NaN, 2), Float32Array.of(0, NaN, 1, NaN, 2)];
    const index = new GridIndex(x, y);
    expect([...index.inside([-1, -1, 3, -1, 3, 3, -1, 3])]).toEqual([0, 2, 4]);
    expect(index.nearest(0.1, 0.1, 9)).toBe(0);
  });

  it('bears points that all lie in one place', () => {
    const index = new GridIndex(new Float32Array(50).fill(2), new Float32Array(50).fill(3));
    expect(index.nearest(2, 3, 1)).toBe(0);
  });
});

describe('names on the map', () => {
  const { map, topics } = makeProject(5000);
  const weight = (name: { topics: number[] }): number =>
    topics.find((topic) => topic.id === name.topics[0])?.count ?? 0;
  const measure = (text: string): number => 7 * text.length;
  const camera = fit({ x0: -10, x1: 10, y0: -10, y1: 10 }, size);

  it('never touch each other', () => {
    for (const zoom of [1, 3, 10]) {
      const placed = placeNames(map.names, weight, { ...camera, scale: camera.scale * zoom }, size, measure);
      expect(placed.length).toBeGreaterThan(0);
      for (const a of placed)
        for (const b of placed) {
          if (a === b) continue;
          const apart =
            Math.abs(a.x - b.x) >= (measure(a.name.text) + measure(b.name.text)) / 2 ||
            Math.abs(a.y - b.y) >= 20;
          expect(apart, `${a.name.text} and ${b.name.text}`).toBe(true);
        }
    }
  });

  it('split into finer ones as one comes closer, and merge again', () => {
    const reach = [1, 1] as const;
    const nested = [
      { level: 0, x: 0, y: 0, text: 'sport', topics: [0, 1], reach },
      { level: 1, x: -0.1, y: 0, text: 'hockey', topics: [0], reach },
      { level: 1, x: 0.1, y: 0, text: 'baseball', topics: [1], reach },
      ...Array.from({ length: 80 }, (_, k) => ({
        level: 1,
        x: 5 + k * 0.1,
        y: 5,
        text: `t${k}`,
        topics: [k + 2],
        reach,
      })),
    ];
    const shown = (scale: number): string[] =>
      placeNames(nested, () => 1, { x: 0, y: 0, scale }, size, measure).map(({ name }) => name.text);
    expect(shown(20)).toEqual(['sport']);
    expect(shown(2000).sort()).toEqual(['baseball', 'hockey']);
  });

  it('stand beside a cluster that they would hide, on one that is larger, and give way to each other', () => {
    const name = (text: string, x: number, across: number) => ({
      level: 0,
      x,
      y: 0,
      text,
      topics: [x],
      reach: [across, across] as const,
    });
    const shown = (...names: ReturnType<typeof name>[]) =>
      placeNames(names, () => 1, { x: 0, y: 0, scale: 10 }, size, measure);
    const middle = size.height / 2;
    expect(shown(name('ocr · tesseract', 0, 10))).toMatchObject([{ y: middle }]);
    const [tight] = shown(name('ocr · tesseract', 0, 0.5));
    // Its line of 20 pixels ends above the cluster's five, and above the points themselves.
    expect(tight.y + 10).toBeLessThanOrEqual(middle - 5 - 4);
    const both = shown(name('ocr · tesseract', 0, 0.5), name('scan · paper', 1, 0.5));
    expect(both.map(({ y }) => Math.sign(y - middle))).toEqual([-1, 1]);
  });
});

describe('colourings', () => {
  const { map, topics } = makeProject(4000);

  it('keep outliers grey and in the first layer', () => {
    const colors = coloring(map, topics, 'topic', false, words);
    map.topic.forEach((topic, i) => {
      expect(colors.of[i] === 0).toBe(topic < 0);
      if (topic >= 0) expect(colors.layers[colors.of[i]].color).toBe(map.colors.light[topic]);
    });
  });

  it('spread numbers and dates over steps of equal count, in order', () => {
    const colors = coloring(map, topics, 'date', true, words);
    const counts = new Array<number>(colors.layers.length).fill(0);
    for (const layer of colors.of) counts[layer]++;
    expect(counts[0]).toBe(0);
    expect(Math.max(...counts.slice(1))).toBeLessThan(3 * (4000 / 24));
    const [a, b] = [0, 1].map((i) => ({ date: map.date![i], layer: colors.of[i] }));
    expect(Math.sign(a.layer - b.layer) * Math.sign(a.date - b.date)).toBeGreaterThanOrEqual(0);
  });
});

describe('sampling', () => {
  it('draws everything up to its limit, then an even part that stays the same', () => {
    const { map } = makeProject(400_000, 36, false);
    const index = new GridIndex(map.x, map.y);
    const all = visible(fit({ x0: -12, x1: 12, y0: -12, y1: 12 }, size), size);
    expect(sample(index, 1000, all).rows).toBeNull();
    const drawn = sample(index, 400_000, all);
    expect(drawn.rows!.length).toBeGreaterThan(0.9 * drawLimit);
    expect(drawn.rows!.length).toBeLessThanOrEqual(drawLimit + 1000);
    expect([...sample(index, 400_000, all).rows!.subarray(0, 50)]).toEqual([...drawn.rows!.subarray(0, 50)]);
    const close = sample(index, 400_000, { x0: 0, x1: 1, y0: 0, y1: 1 });
    expect(close.rows!.length).toBe(Math.min(close.inView, drawLimit));
  });
});
