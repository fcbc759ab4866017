import { expect, test } from 'vitest';
import * as map from '../../core/map/index.ts';
import { classicalScaling, placedNames } from '../../core/map/intertopic.ts';
import { placeFlow } from '../../core/map/flow-layout.ts';
import { sampleMap, sampleTopics } from './sample.ts';
import { figures, labels, matrix, tree } from './sample-figures.ts';

test.each(Object.entries(figures))(
  'the figure %s is plain data without markup from names',
  (_name, figure) => {
    expect(figure.data.length).toBeGreaterThan(0);
    const json = JSON.stringify(figure);
    expect(json).not.toContain('<third>');
    expect(json).not.toContain('<y>');
    expect(json).not.toMatch(/<b>[",]/);
    expect(structuredClone(figure)).toEqual(figure);
  },
);

test('sizes count everything, outliers in grey', () => {
  const [{ x, marker }] = figures.sizes.data as { x: number[]; marker: { color: string[] } }[];
  expect(x.reduce((a, b) => a + b)).toBe(labels.length);
  expect(marker.color).toContain(map.outlierColor.light);
});

test('a dendrogram joins its leaves at their distance', () => {
  const [lines, joints, leaves] = figures.hierarchy.data as {
    x: number[];
    y: number[];
    customdata: number[][];
  }[];
  expect(lines.x.slice(0, 4)).toEqual([0, 0.2, 0.2, 0]);
  expect(joints.customdata).toEqual(
    [[0, 1], [0, 1, 2].sort()].map((ids) => expect.arrayContaining(ids) as number[]),
  );
  expect([...leaves.y].sort()).toEqual([0, 1, 2]);
});

test('classical scaling gives distances of points on a plane back', () => {
  const points = [
    [0, 0],
    [3, 0],
    [3, 4],
    [-1, 2],
  ];
  const s = matrix(points.map((p) => points.map((q) => 1 - Math.hypot(p[0] - q[0], p[1] - q[1]))));
  const { x, y } = classicalScaling(s);
  points.forEach((p, i) =>
    points.forEach((q, j) => {
      expect(Math.hypot(x[i] - x[j], y[i] - y[j])).toBeCloseTo(Math.hypot(p[0] - q[0], p[1] - q[1]), 4);
    }),
  );
});

test('a topic’s name stands beside its circle where it covers no other’s', () => {
  const counts = [100, 2, 2];
  const topics = sampleTopics(Int32Array.from(counts.flatMap((count, t) => Array<number>(count).fill(t))));
  // 100 pixels a unit; the second circle lies where the name of the first would.
  const names = placedNames(topics, { x: [0, 0, 7], y: [0, 0.4, 3.8] });
  expect(names.map(({ position }) => position)).toEqual(['bottom center', 'top center', 'top center']);
  for (const { text } of names) expect(text).not.toBe('');
  // In a crowd some have none.
  const crowd = placedNames(topics, { x: [0, 0, 0], y: [0, 0, 0] });
  expect(crowd.map(({ text }) => text !== '')).toEqual([true, false, false]);
});

test('equal topics share one place, a single topic has one', () => {
  expect(classicalScaling(matrix([[1]]))).toEqual({ x: [0], y: [0] });
  expect(
    classicalScaling(
      matrix([
        [1, 1],
        [1, 1],
      ]),
    ).x.map(Math.abs),
  ).toEqual([0, 0]);
});

test('a selected cluster has its topic’s colour, what is above it has none', () => {
  const colors = { 0: '#aa0000', 1: '#00aa00', 2: '#0000aa' };
  const { data } = map.condensedTreeFigure(tree, labels, { colors });
  const named = data.map((trace) => [(trace.line as { color: string }).color, trace.name]);
  expect(named).toContainEqual(['#aa0000', 'topic 0']);
  expect(named).not.toContainEqual(['#00aa00', 'topic 1']);
});

test('streams carry every document', () => {
  const { link } = figures.flow.data[0] as { link: { value: number[] } };
  expect(link.value.reduce((a, b) => a + b)).toBe(labels.length);
});

test('each node of a flow stands in its own column, none over another', () => {
  // Topic 9 of the second run gets only streams too thin to be drawn, but gives a thick one.
  const a = Int32Array.from({ length: 100 }, (_, i) => Math.floor(i / 5));
  const b = new Int32Array(100).fill(9);
  const sides = [a, b, b].map((labels, k) => ({ name: `run ${k}`, topics: [], labels }));
  const { data, layout } = map.topicFlow(sides, { least: 10 });
  const { node, link } = data[0] as { node: { x: number[]; y: number[] }; link: { value: number[] } };
  expect(link.value).toEqual([100]);
  expect(node.x.map((x) => Math.round(2 * x))).toEqual([1, 2]);
  expect(layout.meta).toEqual({ least: 10 });
  const { nodes, streams } = {
    nodes: Array.from({ length: 41 }, (_, n) => ({ column: n < 40 ? 0 : 1, last: n === 0 })),
    streams: Array.from({ length: 40 }, (_, n) => ({ source: n, target: 40, value: n + 1 })),
  };
  const { y, height } = placeFlow(nodes, streams);
  const places = [...y.slice(0, 40)].sort((p, q) => p - q).map((v) => v * height);
  for (let k = 1; k < 40; k++) expect(places[k] - places[k - 1]).toBeGreaterThan(14);
  expect(Math.max(...y)).toBe(y[0]);
});

test('density is highest where the documents are', () => {
  const { x, y } = sampleMap(2000, 1);
  const trace = map.densityTrace(x, y) as { z: number[][]; x0: number; dx: number; y0: number; dy: number };
  let best = [0, 0];
  trace.z.forEach((line, r) =>
    line.forEach((v, c) => {
      if (v > trace.z[best[0]][best[1]]) best = [r, c];
    }),
  );
  const [peak] = map.topicPeaks(x, y, new Int32Array(2000));
  expect(Math.abs(trace.x0 + best[1] * trace.dx - peak.x)).toBeLessThan(1);
  expect(Math.abs(trace.y0 + best[0] * trace.dy - peak.y)).toBeLessThan(1);
});

test('empty input gives empty figures, not errors', () => {
  const empty = new Float32Array(0);
  expect(() =>
    map.topicMap({ x: empty, y: empty, labels: new Int32Array(0), topics: [], texts: [] }),
  ).not.toThrow();
  expect(() => map.keywordBars([])).not.toThrow();
  expect(() => map.hierarchyFigure([], { left: [], right: [], distance: [] })).not.toThrow();
  expect(() =>
    map.condensedTreeFigure(
      {
        parent: new Int32Array(0),
        child: new Int32Array(0),
        lambda: new Float64Array(0),
        size: new Int32Array(0),
      },
      new Int32Array(0),
    ),
  ).not.toThrow();
});

test('numbers on axes and bars of colour have their thousands apart', () => {
  for (const [name, { layout, data }] of Object.entries(figures)) {
    const template = layout.template as { layout: Record<'xaxis' | 'yaxis', object> };
    if (name !== 'flow')
      for (const axis of [template.layout.xaxis, template.layout.yaxis])
        expect(axis, name).toMatchObject({ separatethousands: true, exponentformat: 'none' });
    for (const { colorbar } of data as { colorbar?: object }[])
      if (colorbar) expect(colorbar, name).toMatchObject({ separatethousands: true, exponentformat: 'none' });
  }
});

test('the bar of colours of a square picture lies above it, wherever a wide window ends', () => {
  const bar = (figure: { data: object[] }): object => (figure.data[0] as { colorbar: object }).colorbar;
  expect(bar(figures.similarity)).toMatchObject({ orientation: 'h', x: 0, y: 1 });
  expect(bar(figures.experts)).not.toHaveProperty('orientation');
});

test('counts are coloured from none on', () => {
  const { zmin, zmax } = map.contingencyFigure(['a'], [sampleTopics(labels)[0]], matrix([[7]])).data[0];
  expect([zmin, zmax]).toEqual([0, 7]);
});

test('a condensed tree is coloured by what became of its topics', () => {
  const colors = { 0: '#000001', 1: '#000001', 7: '#000007' };
  const names = (now?: (topic: number) => number | null): unknown[] =>
    map.condensedTreeFigure(tree, labels, { colors, now }).data.map(({ name }) => name);
  const whole = names();
  expect(whole).toContain('topic 0');
  expect(names(() => 7)).toEqual(
    whole
      .map((name) => (name === 'not selected' ? name : 'topic 7'))
      .filter((name, i, all) => all.indexOf(name) === i),
  );
  expect(names(() => null)).toEqual(['not selected']);
});

test('Chinese dates are digits; labels are listed in the order of their bars', () => {
  const series = [{ topic: 0, counts: [1, 2] }];
  const time = (language: 'en' | 'zh-CN'): unknown =>
    map.topicsOverTime(sampleTopics(labels), ['2020-01-01', '2021-01-01'], series, { language }).layout.xaxis;
  expect(time('zh-CN')).toHaveProperty('tickformatstops');
  expect(time('en')).not.toHaveProperty('tickformatstops');
  const { layout } = map.topicsPerClass(sampleTopics(labels), ['a', 'b'], series);
  expect(layout.legend).toEqual({ traceorder: 'normal' });
});
