import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { stageSchemas } from '../../core/run/params.ts';
import { common } from '../../renderer/components/common-params.ts';
import { zhParams } from '../../renderer/i18n/zh-params.ts';
import { zhCN } from '../../renderer/i18n/zh-cn.ts';

const folder = fileURLToPath(new URL('../../renderer', import.meta.url));
const sources = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.tsx') || (file.endsWith('.ts') && !/^(i18n|client)\b/.test(file)))
  .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }));

const letters = /\p{L}{2,}/u;
/** Attributes whose text a person reads or hears. */
const spoken = new Set(['label', 'title', 'placeholder', 'description', 'alt', 'aria-label', 'children']);

/** Every piece of text that JSX would show as it stands in the source. */
function literals(file: string, text: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const note = (node: ts.Node, value: string): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    if (letters.test(value)) found.push(`${file}:${line}: ${value.trim()}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, node.text);
    if (ts.isJsxAttribute(node) && spoken.has(node.name.getText()) && node.initializer) {
      const value = ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (value && ts.isStringLiteralLike(value)) note(node, value.text);
    }
    if (ts.isJsxExpression(node) && node.expression && ts.isStringLiteralLike(node.expression)) {
      if (!ts.isJsxAttribute(node.parent)) note(node, node.expression.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Fields of the engine's answers that are sentences of its own. */
const engines = /^(why|reason|warning|message)$/;

/** Where a component shows a sentence of the engine as it came. */
function unsaid(file: string, text: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const nameOf = (node: ts.Expression): string =>
    ts.isPropertyAccessExpression(node) ? node.name.text : ts.isIdentifier(node) ? node.text : '';
  const visit = (node: ts.Node): void => {
    const isShown = ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) && node.expression;
    const name = isShown
      ? nameOf(node.expression)
      : // As a value of one of our sentences.
        ts.isShorthandPropertyAssignment(node)
        ? node.name.text
        : '';
    if (engines.test(name)) found.push(`${file}: ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('the catalogues', () => {
  it('say what the engine says in the window’s language, too', () => {
    const tsx = sources.filter(({ file }) => file.endsWith('.tsx'));
    expect(tsx.flatMap(({ file, text }) => unsaid(file, text))).toEqual([]);
  });

  it('hold every sentence of the window: none is written into a component', () => {
    const tsx = sources.filter(({ file }) => file.endsWith('.tsx'));
    expect(tsx.length).toBeGreaterThan(20);
    expect(tsx.flatMap(({ file, text }) => literals(file, text))).toEqual([]);
  });

  it('know every name that the window asks for', () => {
    const asked = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => ({ file, key })),
    );
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter(({ key }) => !(key in en))).toEqual([]);
  });

  it('have families complete where the name is put together', () => {
    const families = sources.flatMap(({ text }) =>
      [...text.matchAll(/\bt\(\s*`([a-zA-Z.]+)\.\$\{/g)].map(([, family]) => family),
    );
    const keys = Object.keys(en);
    expect(families.filter((family) => !keys.some((key) => key.startsWith(`${family}.`)))).toEqual([]);
  });

  it('explain the form’s first settings in Chinese, and no setting that there is not', () => {
    const names = new Set(Object.values(stageSchemas).flatMap((schema) => Object.keys(schema.shape)));
    for (const name of Object.keys(zhParams)) expect([...names, 'seed'], name).toContain(name);
    for (const name of common) expect(zhParams[name], name).toMatch(/\p{Script=Han}/u);
  });

  it('say the same in Chinese: Chinese characters, and every value of the English sentence', () => {
    // Names of things that are the same in both languages.
    const same =
      /^(app\.name|start\.wordsValue|strategy\.ctfidf|measure\.dbcv|experts\.deviation|export\.json|export\.selection-\w+|preferences\.percent)$/;
    const values = (sentence: string): string[] =>
      [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();
    for (const [key, english] of Object.entries(en)) {
      const chinese = zhCN[key as keyof typeof en];
      expect(values(chinese), key).toEqual(values(english));
      if (!same.test(key)) expect(chinese, key).toMatch(/\p{Script=Han}/u);
    }
  });
});
