import { expect, test } from 'vitest';
import { extentOf, hoverText, labelLevels, plotlyText, topicMap, topicPeaks } from '../../core/map/index.ts';
import { placeLabels, standsAbove, textWidth } from '../../core/map/labels.ts';
import { joinedLabel, shortLabel } from '../../core/map/text.ts';
import { sampleMap } from './sample.ts';

test('what a document says is shown, not read', () => {
  expect(plotlyText('<img src=x onerror=alert(1)> & \0\u2028x')).toBe(
    '&lt;img src=x onerror=alert(1)&gt; &amp;  x',
  );
  expect(hoverText('<b>bold</b> '.repeat(20))).not.toMatch(/<(?!br>)/);
});

test('a hover label is short, on short lines, and whole characters', () => {
  const label = hoverText('👩'.repeat(3_000_000));
  expect(label.length).toBeLessThan(200);
  expect(label).not.toContain('\ufffd');
  for (const line of label.split('<br>')) expect(Buffer.from(line).toString()).toBe(line);
});

test('every document with a place is drawn once, outliers apart', () => {
  const { x, y, labels, topics } = sampleMap(5000, 60);
  x[7] = NaN;
  const { data, layout } = topicMap({ x, y, labels, topics, texts: null });
  const rows = data.flatMap((trace) => [...(trace.customdata as Int32Array)]);
  expect(rows.sort((a, b) => a - b)).toEqual([...labels.keys()].filter((i) => i !== 7));
  expect(data.length).toBeLessThanOrEqual(41);
  const outliers = [...(data[0].customdata as Int32Array)];
  expect(outliers.every((i) => labels[i] === -1)).toBe(true);
  expect(layout.spikedistance).toBe(20);
});

test('a trace has one colour, that of all its topics', () => {
  const { x, y, labels, topics } = sampleMap(3000, 90);
  const { data, layout } = topicMap({ x, y, labels, topics, texts: null, theme: 'dark' });
  const { colors } = layout.meta as { colors: Record<number, string> };
  for (const trace of data.slice(1))
    for (const row of trace.customdata as Int32Array)
      expect(colors[labels[row]]).toBe((trace.marker as { color: string }).color);
});

test('beyond the limit an even sample is drawn, and said', () => {
  const { x, y, labels, topics } = sampleMap(1000, 5);
  const { data, layout } = topicMap({ x, y, labels, topics, texts: null, limit: 300 });
  expect(layout.meta).toMatchObject({ documents: 1000, drawn: 250, every: 4 });
  expect(data.reduce((sum, trace) => sum + (trace.x as Float32Array).length, 0)).toBe(250);
});

test('a name stands within its topic, even when that is a crescent', () => {
  const n = 2000;
  const angle = Array.from({ length: n }, (_, i) => Math.PI * (i / n));
  const x = Float32Array.from(angle, (a) => 10 * Math.cos(a));
  const y = Float32Array.from(angle, (a) => 10 * Math.sin(a));
  const [peak] = topicPeaks(x, y, new Int32Array(n));
  expect(Math.hypot(peak.x, peak.y)).toBeGreaterThan(9);
});

test('a name stands above a cluster that it would hide, wherever its few far documents are', () => {
  const tight = Float32Array.from({ length: 200 }, (_, i) => (i < 198 ? (i % 14) / 100 : 40));
  const wide = Float32Array.from({ length: 200 }, (_, i) => (i % 14) - 20);
  const x = Float32Array.of(...tight, ...wide);
  const labels = Int32Array.from(x, (_, i) => (i < 200 ? 0 : 1));
  const { layout } = topicMap({
    x,
    y: x,
    labels,
    topics: [0, 1].map((id) => ({ id, name: `topic number ${id}` })),
    texts: null,
  });
  const shifts = new Map(
    (layout.annotations as { name: string; yshift: number }[]).map(({ name, yshift }) => [name, yshift]),
  );
  expect(shifts.get('0')).toBeGreaterThan(10);
  expect(shifts.get('1')).toBe(0);
});

test('names never overlap', () => {
  const { x, y, labels } = sampleMap(5000, 120);
  const extent = extentOf(x, y);
  const names = topicPeaks(x, y, labels).map((p) => ({ ...p, text: `a long name ${p.id}`, weight: p.count }));
  const scale = Math.min(900 / (extent.right - extent.left), 600 / (extent.top - extent.bottom));
  const placed = placeLabels(names, extent).map((i) => names[i]);
  expect(placed.length).toBeGreaterThan(10);
  placed.forEach((a, i) => {
    for (const b of placed.slice(0, i))
      expect(
        Math.abs(a.x - b.x) * scale >= (textWidth(a.text) + textWidth(b.text)) / 2 ||
          Math.abs(a.y * scale + standsAbove(a, scale) - b.y * scale - standsAbove(b, scale)) >= 12,
      ).toBe(true);
  });
});

test('names get finer with zoom until every topic has its own', () => {
  const { x, y, labels, topics } = sampleMap(5000, 40);
  const places = topicPeaks(x, y, labels).map((p) => ({
    ...p,
    name: topics.find((t) => t.id === p.id)!.name,
  }));
  // A chain: each merge takes the next topic in.
  const merges = {
    left: places.slice(1).map((_, i) => (i === 0 ? 0 : places.length + i - 1)),
    right: places.slice(1).map((_, i) => i + 1),
    distance: places.slice(1).map((_, i) => i + 1),
  };
  const levels = labelLevels(merges, places, extentOf(x, y));
  const groups = (level: number) => levels.filter((name) => name.level === level);
  expect(groups(0).length).toBeLessThanOrEqual(8);
  for (const level of new Set(levels.map((l) => l.level))) {
    const topicsNamed = groups(level).flatMap((name) => name.topics);
    expect(new Set(topicsNamed).size).toBe(topicsNamed.length);
  }
  const last = Math.max(...levels.map((l) => l.level));
  expect(groups(last).every((name) => name.topics.length === 1)).toBe(true);
});

test('the same input gives the same figure', () => {
  const input = { ...sampleMap(2000, 30), texts: null };
  expect(JSON.stringify(topicMap(input))).toBe(JSON.stringify(topicMap(input)));
});

test('a label keeps whole keywords, as many as fit', () => {
  expect(shortLabel('image · draw · drawing · using', 22)).toBe('image · draw · drawing');
  expect(shortLabel('a name that a person gave', 10)).toBe('a name tha…');
  expect(joinedLabel(['image · draw', 'image · x', 'window · y', 'grub'], 30)).toBe('image · window');
});
