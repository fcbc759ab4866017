import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const section = readme.split('## Against BERTopic, feature by feature')[1].split('\n## ')[0];
const rows = section
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1);

it('claims no feature without a test that is there', () => {
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) {
    const cells = row.split('|').slice(1, -1);
    expect([row, cells.length]).toEqual([row, 4]);
    const links = [...cells[3].matchAll(/\]\(([^)]+)\)/g)].map((link) => link[1]);
    expect([row, links.length]).not.toEqual([row, 0]);
    for (const link of links) {
      expect(link).toMatch(/^test\/.+\.(test|spec)\.tsx?$/);
      expect([link, existsSync(path.join(root, link))]).toEqual([link, true]);
    }
  }
});

it('links to nothing of this repository that is not there', () => {
  for (const [, link] of readme.matchAll(/\]\((?!https?:|#)([^)#\s]+)\)/g))
    expect([link, existsSync(path.join(root, link))]).toEqual([link, true]);
});
