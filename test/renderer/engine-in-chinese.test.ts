import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { stageSchemas } from '../../core/run/params.ts';
import { engineSentences, inChinese } from '../../renderer/i18n/zh-engine/index.ts';
import { figureInChinese } from '../../renderer/i18n/zh-engine/figures.ts';
import { zhParamNames, zhParams } from '../../renderer/i18n/zh-params.ts';
import { figures } from '../map/sample-figures.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const errors = /^(Input|Usage|Model|Resource|MoeTopic)Error$/;
const han = /\p{Script=Han}/u;

interface Said {
  at: string;
  /** {} stands for each value. */
  sentence: string;
}

/** The sentences that an expression may be; none where it is put together elsewhere. */
function sentences(node: ts.Node): string[] {
  if (ts.isParenthesizedExpression(node)) return sentences(node.expression);
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head.text + node.templateSpans.map((span) => `{}${span.literal.text}`).join('')];
  if (ts.isConditionalExpression(node)) return [...sentences(node.whenTrue), ...sentences(node.whenFalse)];
  return [];
}

/** What the engine's sources say to a person: errors, and the texts of progress. The command line's own part speaks English. */
function everythingSaid(): Said[] {
  const found: Said[] = [];
  for (const room of ['core', 'app/worker', 'app/server', 'app/hub.ts'])
    for (const file of sourcesIn(path.join(root, room))) {
      const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
      const note = (node: ts.Node, said: ts.Node): void => {
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        for (const sentence of sentences(said))
          found.push({ at: `${path.relative(root, file)}:${line}`, sentence });
      };
      const visit = (node: ts.Node): void => {
        if (ts.isNewExpression(node) && errors.test(node.expression.getText()) && node.arguments?.[0])
          note(node, node.arguments[0]);
        if (ts.isObjectLiteralExpression(node) && /kind: 'progress'/.test(node.getText()))
          for (const property of node.properties)
            if (ts.isPropertyAssignment(property) && property.name.getText() === 'text')
              note(property, property.initializer);
        ts.forEachChild(node, visit);
      };
      visit(source);
    }
  return found;
}

function sourcesIn(place: string): string[] {
  if (place.endsWith('.ts')) return [place];
  return readdirSync(place, { recursive: true })
    .map((name) => path.join(place, String(name)))
    .filter((name) => name.endsWith('.ts'));
}

/** Values and punctuation only ("{}: {}: {}."): what stands in the places says it all. */
const isBare = (sentence: string): boolean => !/\p{L}{2,}/u.test(sentence.replaceAll('{}', ''));

describe('the engine in Chinese', () => {
  const said = everythingSaid();
  const known = new Map(engineSentences);

  it('has a sentence for each of its errors and for its progress', () => {
    expect(said.length).toBeGreaterThan(200);
    const missing = said.filter(({ sentence }) => !isBare(sentence) && !known.has(sentence));
    expect(missing.map(({ at, sentence }) => `${at}: ${sentence}`)).toEqual([]);
  });

  it('puts every value in its place', () => {
    for (const [english, chinese] of engineSentences) {
      const places = english.split('{}').length - 1;
      expect(chinese, english).toMatch(han);
      for (let n = 1; n <= places; n++) expect(chinese, english).toContain(`{${n}}`);
      const filled = Array.from({ length: places }, (_, n) => `«${n + 1}»`);
      const translated = inChinese(english.replace(/\{\}/g, () => filled.shift()!));
      const expected = chinese.replace(/\{(\d)\}/g, '«$1»');
      expect(translated, english).toBe(expected);
    }
  });

  it('translates the reason of a reason, and leaves alone what it does not know', () => {
    expect(inChinese("/m/x can't be opened: /m/x is damaged; download it again.")).toBe(
      '无法打开 /m/x：/m/x 已损坏；请重新下载。',
    );
    expect(inChinese('Nobody wrote this.')).toBe('Nobody wrote this.');
  });

  it('names and explains every parameter', () => {
    const names = Object.values(stageSchemas).flatMap((schema) => Object.keys(schema.shape));
    for (const name of names) expect(zhParams[name], name).toMatch(han);
    const inCatalogue = new Set([
      'model',
      'embedding',
      'device',
      'sample',
      'minTopicSize',
      'language',
      'seed',
    ]);
    for (const name of names) if (!inCatalogue.has(name)) expect(zhParamNames[name], name).toMatch(han);
  });
});

/** The texts of a figure that are its maker's own: titles, and templates without their places. */
function ownTexts(value: unknown, key = ''): string[] {
  if (typeof value === 'string') {
    if (key === 'title' || key === 'hovertemplate') return [value];
    return /^outliers$|\d documents$/i.test(value) ? [value] : [];
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    ownTexts(inner, name === 'text' && key === 'title' ? 'title' : Array.isArray(value) ? key : name),
  );
}

describe('a figure in Chinese', () => {
  // What the topics of the samples are called is data.
  const data = /%\{[^}]*\}|<[^>]*>|λ|(word|other)\d|third|&lt;|&gt;/g;

  it.each(Object.entries(figures))('says nothing of its own in English: %s', (_name, figure) => {
    const texts = ownTexts(figureInChinese(figure));
    const english = texts.filter((text) => /\p{Script=Latin}{3,}/u.test(text.replace(data, '')));
    expect(english).toEqual([]);
  });
});
