import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { labelsFor } from '../../app/main/menu-labels.ts';

const read = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../app/main/${name}`, import.meta.url)), 'utf8');

test('menus, dialogs and notices say nothing of their own', () => {
  for (const name of ['menu.ts', 'dialogs.ts', 'index.ts', 'windows.ts']) {
    const texts = [...read(name).matchAll(/\b(?:label|name|body|message|buttonLabel|title): '([^']*)'/g)];
    expect(
      texts.map(([, text]) => text).filter((text) => text !== 'MoETopic'),
      name,
    ).toEqual([]);
  }
  // Electron's own names of roles are English: each has a label beside it.
  const roles = read('menu.ts').match(/role: [^\n]*/g) ?? [];
  expect(roles.filter((line) => !/^role: (name, label|'window',|'help',)/.test(line))).toEqual([]);
});

test('they are there in both languages', () => {
  const [en, zh] = [labelsFor('en-GB'), labelsFor('zh-Hans-CN')];
  expect(Object.keys(zh)).toEqual(Object.keys(en));
  for (const [name, label] of Object.entries(zh))
    if (!/^(csv|parquet|json)$/.test(name)) expect(label, name).toMatch(/\p{Script=Han}/u);
  expect(zh.noEngine).toContain('{log}');
});
