// @vitest-environment jsdom
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { exportHtml } from '../../core/export/index.ts';
import { topicMaps } from '../../core/map/index.ts';
import { temporaryFolder } from '../store/folder.ts';
import { sampleView } from './view.ts';

const hostile = [
  '<img src=x onerror="window.hacked=1">',
  '</script><script>window.hacked=1</script>',
  '<!-- <script> a\u2028b\u2029c',
  'nul\0 and ]]>',
  '👩‍🚀 emoji',
  'שלום עולם',
  '<a href="javascript:window.hacked=1">x</a>',
  'long '.repeat(1_000_000),
];

async function write(took: Record<string, unknown> = {}): Promise<string> {
  const view = sampleView({
    name: '</title><script>window.hacked=1</script>',
    texts: hostile,
    manifest: { note: hostile[1], ...took },
  });
  const { x, y, labels, topics, texts } = view;
  const map = topicMaps({ x: x!, y: y!, labels, topics, texts });
  const file = path.join(temporaryFolder(), 'map.html');
  const empty = { data: [], layout: {} };
  const figures = [{ title: hostile[0], figure: { light: empty, dark: empty } }];
  await exportHtml(view, file, { map, figures });
  return readFileSync(file, 'utf8');
}

let text: string;
let document: Document;
beforeAll(async () => {
  text = await write();
  document = new DOMParser().parseFromString(text, 'text/html');
});

test('the report is one file whose policy allows its own scripts by hash and nothing else', () => {
  const policy = document
    .querySelector('meta[http-equiv="Content-Security-Policy"]')!
    .getAttribute('content')!;
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
  expect(/script-src ([^;]*)/.exec(policy)![1]).not.toContain('unsafe');
  const scripts = [...document.querySelectorAll('script:not([type])')];
  expect(scripts).toHaveLength(3);
  for (const script of scripts) {
    const hash = createHash('sha256').update(script.textContent).digest('base64');
    expect(policy).toContain(`'sha256-${hash}'`);
  }
  expect(document.querySelectorAll('[src], link[href]')).toHaveLength(0);
});

test('no document, name or note becomes an element', () => {
  expect(document.querySelectorAll('img, a, iframe')).toHaveLength(0);
  expect(document.querySelectorAll('script')).toHaveLength(5);
  expect(document.title).toBe('</title><script>window.hacked=1</script> · MoETopic');
});

test('documents travel whole, but for the end of long ones', () => {
  const data = JSON.parse(document.getElementById('data')!.textContent) as {
    documents: Record<string, [number, string, string, number][]>;
  };
  const rows = Object.values(data.documents).flat();
  expect(rows).toHaveLength(8);
  for (const [row, id, shown] of rows) {
    expect(id).toBe(`doc-${row}`);
    expect(shown).toBe(row === 7 ? `${hostile[7].slice(0, 400)}…` : hostile[row]);
  }
  expect(text.length).toBeLessThan(5_500_000);
});

test('the same view gives the same report', async () => {
  expect(await write()).toBe(text);
  // However long it took, and wherever it was written.
  expect(await write({ seconds: { total: 3.2 }, peak_bytes: 5e8, out: '/somewhere' })).toBe(text);
});
