import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  deltaE2000,
  hexToRgb,
  leastDifference,
  oklchToRgb,
  rgbToHex,
  rgbToLab,
} from '../../core/map/color.ts';
import { topicColors, type TopicPlace } from '../../core/map/index.ts';
import { mapNeighbours, type Place } from '../../core/map/neighbours.ts';
import { coreSize, outlierColor, palette } from '../../core/map/palette.ts';

// Sharma, Wu & Dalal 2005, table 1 (some of its 34 pairs, each for another branch of the formula).
test.each([
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1.0],
  [[50, 2.5, 0], [50, 0, -2.5], 4.3065],
  [[50, 2.5, 0], [73, 25, -18], 27.1492],
  [[50, 2.5, 0], [50, 3.2592, 0.335], 1.0],
  [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
  [[90.8027, -2.0831, 1.441], [91.1528, -1.6435, 0.0447], 1.4441],
  [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
] as [[number, number, number], [number, number, number], number][])(
  'ΔE2000 of %j and %j',
  (a, b, expected) => {
    expect(deltaE2000(a, b)).toBeCloseTo(expected, 4);
    expect(deltaE2000(b, a)).toBeCloseTo(expected, 4);
  },
);

test('OKLCH and CIELAB agree with their published values', () => {
  expect(rgbToHex(oklchToRgb(0.6279554, 0.2576833, 29.2338))).toBe('#ff0000');
  expect(rgbToLab(hexToRgb('#ff0000')).map((v) => Math.round(v * 10) / 10)).toEqual([53.2, 80.1, 67.2]);
});

test.each(['light', 'dark'] as const)('the %s palette keeps what the colouring needs', (theme) => {
  const { colors, differences } = palette(theme);
  expect(new Set(colors).size).toBe(40);
  for (let i = 0; i < coreSize; i++)
    for (let j = 0; j < i; j++) expect(differences[i * colors.length + j]).toBeGreaterThanOrEqual(20);
  for (const color of colors)
    expect(leastDifference(hexToRgb(color), hexToRgb(outlierColor[theme]))).toBeGreaterThanOrEqual(13.5);
});

const places = fc.array(
  fc.record({
    x: fc.double({ min: -9, max: 9, noNaN: true }),
    y: fc.double({ min: -9, max: 9, noNaN: true }),
  }),
  {
    maxLength: 160,
  },
);
const onAGrid = fc.array(
  fc.record({ x: fc.integer({ min: 0, max: 8 }), y: fc.integer({ min: 0, max: 8 }) }),
  {
    maxLength: 80,
  },
);

test('neighbours on the map differ for every vision, in both themes', () => {
  fc.assert(
    fc.property(fc.oneof(places, onAGrid), (list) => {
      const colors = topicColors(list.map((place, i) => ({ id: i * 2, count: i % 7, ...place })));
      const neighbours = mapNeighbours(list);
      for (const theme of ['light', 'dark'] as const)
        neighbours.forEach((near, i) => {
          for (const j of near) {
            const [a, b] = [colors[theme][i * 2], colors[theme][j * 2]].map(hexToRgb);
            expect(leastDifference(a, b)).toBeGreaterThanOrEqual(20);
          }
        });
    }),
    { numRuns: 60 },
  );
});

/** Topics scattered over a map, some in clumps, by a generator of its own. */
function scattered(topics: number, begin = 7): TopicPlace[] {
  let seed = begin;
  const next = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
  return Array.from({ length: topics }, (_, id) => {
    const clump = id % 9;
    const [x, y] = [(clump % 3) * 6 + 5 * next(), Math.floor(clump / 3) * 6 + 5 * next()];
    return { id, x, y, count: Math.ceil(1000 / (1 + ((id * 17) % topics))) };
  });
}

test('of thirty topics hardly any share a colour, in both themes', () => {
  const colors = topicColors(scattered(30));
  for (const theme of ['light', 'dark'] as const)
    expect(new Set(Object.values(colors[theme])).size).toBeGreaterThanOrEqual(28);
});

test.each([11, 35, 80, 150])(
  'of %i topics the ten largest differ from each other, in both themes',
  (count) => {
    const found: number[] = [];
    for (let seed = 1; seed <= 12; seed++) {
      const topics = scattered(count, seed * 7919);
      const colors = topicColors(topics);
      const largest = topics.toSorted((a, b) => b.count - a.count).slice(0, 10);
      for (const theme of ['light', 'dark'] as const)
        for (const a of largest)
          for (const b of largest)
            if (a.id < b.id)
              found.push(leastDifference(hexToRgb(colors[theme][a.id]), hexToRgb(colors[theme][b.id])));
    }
    expect(Math.min(...found)).toBeGreaterThanOrEqual(8);
  },
);

test('of 150 topics no two of the six nearest share a colour, and neighbours differ by ΔE 20 for every vision', () => {
  const topics = scattered(150);
  const colors = topicColors(topics);
  const neighbours = mapNeighbours(topics);
  for (const theme of ['light', 'dark'] as const)
    topics.forEach((topic, i) => {
      const nearest = topics
        .filter((other) => other !== topic)
        .sort((a, b) => Math.hypot(a.x - topic.x, a.y - topic.y) - Math.hypot(b.x - topic.x, b.y - topic.y))
        .slice(0, 6);
      for (const other of nearest) expect(colors[theme][other.id]).not.toBe(colors[theme][topic.id]);
      for (const j of neighbours[i])
        expect(
          leastDifference(hexToRgb(colors[theme][i]), hexToRgb(colors[theme][j])),
        ).toBeGreaterThanOrEqual(20);
    });
});

/** The definition, for every triple. */
function slowGabriel(list: readonly Place[]): number[][] {
  return list.map((p, i) =>
    list.flatMap((q, j) => {
      if (j === i) return [];
      const [cx, cy] = [(p.x + q.x) / 2, (p.y + q.y) / 2];
      const radius = ((p.x - q.x) ** 2 + (p.y - q.y) ** 2) / 4;
      return list.some(
        (r, k) => k !== i && k !== j && (r.x - cx) ** 2 + (r.y - cy) ** 2 < radius * (1 - 1e-3),
      )
        ? []
        : [j];
    }),
  );
}

test('the neighbours are those of the Gabriel graph, both ways', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ x: fc.integer({ min: 0, max: 500 }), y: fc.integer({ min: 0, max: 500 }) }), {
        maxLength: 25,
      }),
      (list) => {
        const found = mapNeighbours(list);
        const slow = slowGabriel(list);
        found.forEach((near, i) => {
          for (const j of near) {
            expect(slow[i]).toContain(j);
            expect(found[j]).toContain(i);
          }
        });
      },
    ),
  );
  expect(
    mapNeighbours([
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 2, y: 0 },
    ]),
  ).toEqual([[1], [0, 2], [1]]);
});
