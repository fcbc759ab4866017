import { UsageError } from '../../../core/base/errors.ts';
import {
  calendarUnits,
  linkageMethods,
  projectHierarchy,
  projectOverTime,
  projectPerClass,
  representationMethods,
  sixDigits,
  topicRepresentations,
  writeCsv,
  type CalendarUnit,
  type LinkageMethod,
  type RepresentationMethod,
} from '../../../core/index.ts';
import type { Keyword } from '../../../core/stages.ts';
import type { TopicSliceResult } from '../../../core/protocol.ts';
import type { Action } from './action.ts';
import type { TopicOptions } from './options.ts';
import { choice, number, wholeNumber } from './values.ts';

const list = (words: readonly Keyword[]): string => words.map((k) => k.keyword).join('; ');
const weights = (words: readonly Keyword[]): string => words.map((k) => sixDigits(k.weight)).join('; ');

function needOut({ out }: TopicOptions, action: string): string {
  if (out !== undefined && out.trim() !== '') return out;
  throw new UsageError(`moetopic topics PROJECT ${action} writes a table; say where with --out FILE.csv.`);
}

const hierarchy: Action = async (session, _args, options) => {
  const out = needOut(options, 'hierarchy');
  if (options.groups !== undefined && options.cut !== undefined)
    throw new UsageError('--groups and --cut are two ways to cut the tree; leave one of them out.');
  const found = await projectHierarchy(session, {
    by: choice<'ctfidf' | 'embedding'>('by', options.by, ['ctfidf', 'embedding'], 'ctfidf'),
    linkage: choice<LinkageMethod>('linkage', options.linkage, linkageMethods, 'ward'),
    cut:
      options.groups !== undefined
        ? { groups: wholeNumber('groups', options.groups, 1) }
        : options.cut !== undefined
          ? { height: number('cut', options.cut) }
          : null,
    words: wholeNumber('words', options.words, 10),
  });
  const groupOf = new Map(found.groups?.flatMap((group, g) => group.topics.map((topic) => [topic, g])));
  await writeCsv(
    out,
    ['node', 'topic', 'left', 'right', 'height', 'count', 'name', 'keywords', 'topics', 'group'],
    found.nodes.map((node) => [
      node.node,
      node.topic,
      node.children?.[0] ?? null,
      node.children?.[1] ?? null,
      sixDigits(node.height),
      node.count,
      node.name,
      list(node.keywords),
      node.topics.join('; '),
      // A join that lies within one group belongs to it; those above the cut to none.
      new Set(node.topics.map((topic) => groupOf.get(topic))).size === 1
        ? (groupOf.get(node.topics[0]) ?? null)
        : null,
    ]),
  );
  return { command: 'topics hierarchy', out, ...found };
};

function sliceRows(
  slices: readonly TopicSliceResult[],
  names: ReadonlyMap<number, string>,
  of: (slice: number) => string[],
): (string | number)[][] {
  return slices.map((slice) => [
    slice.topic,
    names.get(slice.topic) ?? '',
    ...of(slice.slice),
    slice.count,
    list(slice.keywords),
    weights(slice.keywords),
  ]);
}

function leftOut(documents: number, what: string): string {
  if (documents === 0) return '';
  return documents === 1
    ? `1 document without ${what} is left out.\n`
    : `${documents} documents without ${what} are left out.\n`;
}

/** As many equal spans as the window's form takes, or a unit of the calendar. */
function bins(value: string | undefined): number | CalendarUnit {
  if (value === undefined) return 20;
  const unit = calendarUnits.find((name) => name === value);
  const spans = Number(value);
  if (unit !== undefined || (Number.isInteger(spans) && spans >= 1 && spans <= 1000)) return unit ?? spans;
  throw new UsageError(
    `--bins ${value}: give a whole number of spans, 1 to 1000, or one of ${calendarUnits.join(', ')}.`,
  );
}

const overTime: Action = async (session, _args, options) => {
  const out = needOut(options, 'over-time');
  const found = await projectOverTime(session, {
    bins: bins(options.bins),
    column: options.column ?? null,
    global: options.global ?? true,
    evolution: options.evolution ?? true,
    words: wholeNumber('words', options.words, 5),
  });
  const names = new Map(session.state.topics.map((topic) => [topic.id, topic.name]));
  await writeCsv(
    out,
    ['topic', 'name', 'start', 'end', 'count', 'keywords', 'weights'],
    sliceRows(found.slices, names, (s) => [found.bins[s].start, found.bins[s].end]),
  );
  return {
    command: 'topics over-time',
    out,
    ...found,
    text: `${out}\n${leftOut(found.undated, 'a date that can be read')}`,
  };
};

const perClass: Action = async (session, _args, options) => {
  const out = needOut(options, 'per-class');
  const found = await projectPerClass(session, {
    column: options.column ?? null,
    global: options.global ?? true,
    words: wholeNumber('words', options.words, 5),
  });
  const names = new Map(session.state.topics.map((topic) => [topic.id, topic.name]));
  await writeCsv(
    out,
    ['topic', 'name', 'class', 'count', 'keywords', 'weights'],
    sliceRows(found.slices, names, (s) => [found.classes[s]]),
  );
  return {
    command: 'topics per-class',
    out,
    ...found,
    text: `${out}\n${leftOut(found.unclassed, 'a class')}`,
  };
};

const represent: Action = async (session, _args, options, context) => {
  const methods = (options.methods ?? representationMethods.join(','))
    .split(',')
    .map((method) => method.trim()) as RepresentationMethod[];
  const words = wholeNumber('words', options.words, 10);
  const found = await topicRepresentations(session, methods, words, context);
  if (options.out !== undefined)
    await writeCsv(
      options.out,
      ['topic', 'name', 'method', 'rank', 'keyword', 'weight'],
      found.flatMap((topic) =>
        Object.entries(topic.keywords).flatMap(([method, keywords]) =>
          keywords.map((k, rank) => [topic.topic, topic.name, method, rank + 1, k.keyword, k.weight]),
        ),
      ),
    );
  const text = found
    .map(
      (topic) =>
        `${topic.topic} ${topic.name}\n${Object.entries(topic.keywords)
          .map(
            ([method, keywords]) => `    ${method.padEnd(10)} ${keywords.map((k) => k.keyword).join(', ')}\n`,
          )
          .join('')}`,
    )
    .join('');
  return { representations: found, out: options.out ?? null, text };
};

/** Actions that write tables about topics and leave them as they are. */
export const tables: Record<string, Action> = {
  hierarchy,
  'over-time': overTime,
  'per-class': perClass,
  represent,
};
