import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { foreseen } from '../../core/base/foreseen.ts';
import { parseParams } from '../../core/base/params.ts';
import { stageSchemas } from '../../core/run/params.ts';
import { engineSentences, inChinese } from '../../renderer/i18n/zh-engine/index.ts';
import { zhParamNames, zhParams } from '../../renderer/i18n/zh-params.ts';

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

/** Fields of answers that a window shows as they come, and functions that take such a text. */
const fields = new Set(['reason', 'why', 'problem']);
const tellers = new Set(['skip', 'failed', 'fail', 'refused', 'malformed']);
/** Functions that give sentences for a window: steps of the log, what is odd about a corpus, why something can't be. */
const speakers = new Set(['describeOperation', 'warnings', 'whyNot', 'unreachable', 'missingDriver']);
/** Functions within a stage that tell its progress: a text among numbers and a unit. */
const reporters = new Set(['say', 'report', 'progress', 'onProgress']);
/** Functions that give a sentence on a size that a run works with. */
const reasoners = /^why(Size|Samples|Selection|Topics|Neighbours)$/;

/** What the engine's sources say to a person: errors, progress, reasons, steps. The command line's own part speaks English. */
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
      const noteAll = (node: ts.Node): void => {
        if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) note(node, node);
        ts.forEachChild(node, noteAll);
      };
      const noteReturned = (node: ts.Node): void => {
        if (ts.isReturnStatement(node) && node.expression) note(node, node.expression);
        ts.forEachChild(node, noteReturned);
      };
      const visit = (node: ts.Node): void => {
        if (ts.isNewExpression(node) && errors.test(node.expression.getText()) && node.arguments?.[0])
          note(node, node.arguments[0]);
        // What a clustering chose and why is the clusterers' own, and shown elsewhere.
        if (
          !file.includes('core/cluster/') &&
          ts.isPropertyAssignment(node) &&
          fields.has(node.name.getText())
        )
          note(node, node.initializer);
        if (ts.isCallExpression(node) && tellers.has(calledName(node)))
          for (const argument of node.arguments) note(node, argument);
        // How a stage comes along, as the functions at hand there tell it.
        if (ts.isCallExpression(node) && reporters.has(node.expression.getText()))
          for (const argument of node.arguments) note(node, argument);
        if (ts.isFunctionDeclaration(node) && speakers.has(node.name?.text ?? '')) noteAll(node);
        if (ts.isFunctionDeclaration(node) && reasoners.test(node.name?.text ?? '')) noteReturned(node);
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

function reasonOf(look: () => unknown): string {
  try {
    look();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

function calledName({ expression }: ts.CallExpression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

function sourcesIn(place: string): string[] {
  if (place.endsWith('.ts')) return [place];
  return readdirSync(place, { recursive: true })
    .map((name) => path.join(place, String(name)))
    .filter((name) => name.endsWith('.ts'));
}

/** Values and punctuation only ("{}: {}: {}."): what stands in the places says it all. */
const isBare = (sentence: string): boolean => !/\p{L}{2,}/u.test(sentence.replaceAll('{}', ''));
/** A name that stands for itself (an operation's kind, a separator), not a sentence. */
const isName = (sentence: string): boolean => /^(\S*|--device \{\})$/.test(sentence);

describe('the engine in Chinese', () => {
  const said = everythingSaid();
  const known = new Map(engineSentences);

  it('has a sentence for each of its errors and for its progress', () => {
    expect(said.length).toBeGreaterThan(200);
    const missing = said.filter(
      ({ sentence }) => !isBare(sentence) && !isName(sentence) && !known.has(sentence),
    );
    expect(missing.map(({ at, sentence }) => `${at}: ${sentence}`)).toEqual([]);
  });

  it('puts every value in its place', () => {
    for (const [english, chinese] of engineSentences) {
      const places = english.split('{}').length - 1;
      if (!isBare(english)) expect(chinese, english).toMatch(han);
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

  it('says what is wrong with a parameter', () => {
    const wrong: unknown[] = ['nonsense', -1, 1.5, 1e12, true, null, [], ['a', 2], {}, ''];
    const said = new Set<string>();
    for (const [stage, schema] of Object.entries(stageSchemas))
      for (const name of Object.keys(schema.shape))
        for (const value of wrong)
          try {
            parseParams(schema, { [name]: value }, stage);
          } catch (error) {
            said.add((error as Error).message);
          }
    expect(said.size).toBeGreaterThan(100);
    const untold = /[a-z]{2,} [a-z]{2,}/i;
    expect([...said].filter((sentence) => untold.test(inChinese(sentence)))).toEqual([]);
  });

  it('says what the system refused', () => {
    for (const code of [
      'ENOENT',
      'EACCES',
      'ENOSPC',
      'EROFS',
      'EISDIR',
      'ENOTDIR',
      'EMFILE',
      'EIO',
      'EBUSY',
    ]) {
      const raw = Object.assign(new Error(`${code}: refused`), { code, path: '/a/b.csv' });
      const { message } = foreseen(raw) as Error;
      expect(inChinese(message), message).toMatch(han);
    }
    for (const look of [() => readFileSync('/no/such'), () => readFileSync('/')])
      expect(inChinese(reasonOf(look))).toMatch(han);
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
