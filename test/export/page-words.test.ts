import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { pageWords } from '../../core/export/page-words.ts';

const scripts = ['page.js', 'report.js', 'compare.js'].map((name) => {
  const file = fileURLToPath(new URL(`../../assets/report/${name}`, import.meta.url));
  return { name, text: readFileSync(file, 'utf8') };
});

const spoken = new Set(['aria-label', 'placeholder', 'title', 'textContent', 'alt']);
const letters = /\p{L}{2,}/u;

/** Texts that a script would show as they stand in it: children of elements, labels, sentences. */
function shown({ name, text }: { name: string; text: string }): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const visit = (node: ts.Node): void => {
    const piece = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) ? node.text : '';
    const holder = ts.isTemplateHead(node) ? node.parent.parent : node.parent;
    const value = ts.isTemplateHead(node) ? node.parent : node;
    const isChild =
      ts.isCallExpression(holder) &&
      ['make', 'tableHead'].includes(holder.expression.getText()) &&
      holder.arguments.indexOf(value as ts.Expression) >= (holder.expression.getText() === 'make' ? 2 : 0);
    const isLabel =
      ts.isPropertyAssignment(holder) &&
      holder.initializer === value &&
      spoken.has(holder.name.getText().replaceAll("'", ''));
    const isClass = ts.isPropertyAssignment(holder) && holder.name.getText() === 'className';
    const isSentence = /\p{L}{2,} \p{L}{2,}/u.test(piece) && !isClass && piece !== 'use strict';
    if (letters.test(piece) && (isChild || isLabel || isSentence)) found.push(`${name}: ${piece}`);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}

const called = scripts.flatMap(({ text }) =>
  [...text.matchAll(/\bsay\(\s*(['`])([^'`$]+)/g)].map((m) => m[2]),
);

test('the pages say nothing that is not in the catalogue', () => {
  expect(scripts.flatMap(shown)).toEqual([]);
});

test('the catalogue has what the pages say, and the pages say what it has', () => {
  const keys = Object.keys(pageWords.en);
  const all = scripts.map(({ text }) => text).join('\n');
  for (const key of called)
    expect(
      keys.some((known) => known === key || (key.endsWith('.') && known.startsWith(key))),
      key,
    ).toBe(true);
  for (const key of keys) {
    const family = key.includes('.') ? key.slice(0, key.indexOf('.') + 1) : null;
    if (key !== 'noScript')
      expect(all.includes(`'${key}'`) || (family && all.includes(family)), key).toBe(true);
  }
});

test('the Chinese catalogue says each in Chinese, with the same values', () => {
  const own = /^(measure\.dbcv|and|gap)$/;
  const values = (sentence: string): string[] => [...sentence.matchAll(/\{\d\}/g)].map(([v]) => v).sort();
  for (const [key, english] of Object.entries(pageWords.en)) {
    const chinese = pageWords['zh-CN'][key as keyof typeof pageWords.en];
    expect(values(chinese), key).toEqual(values(english));
    if (!own.test(key)) expect(chinese, key).toMatch(/\p{Script=Han}/u);
  }
});
