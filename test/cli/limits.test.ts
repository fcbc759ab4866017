import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectFile } from '../../app/cli/session.ts';
import { readFlags } from '../../app/cli/flags.ts';
import { addTopics } from '../../app/cli/commands/topics.ts';
import { flags as topicFlags } from '../../app/cli/topics/flags.ts';
import { ids, oneId, wholeNumber } from '../../app/cli/topics/values.ts';
import { addServe } from '../../app/cli/commands/serve.ts';
import { temporaryFolder } from '../store/folder.ts';

describe('what a flag may be', () => {
  const schema = z.object({
    least: z.number().min(2).default(2),
    most: z.number().max(9).default(9),
    share: z.number().positive().lt(1).default(0.5),
    size: z.union([z.literal('auto'), z.coerce.number().int().min(2)]).default('auto'),
    engine: z.enum(['fast', 'slow']).default('fast'),
    whole: z.coerce.number().int().default(1),
    documents: z.coerce.number().min(0).default(1),
    range: z
      .string()
      .regex(/^[12]$/, 'takes 1 or 2')
      .default('1'),
  });
  it.each([
    ['least', '-3', '--least -3: give at least 2.'],
    ['most', '10', '--most 10: give at most 9.'],
    ['share', '0', '--share 0: give more than 0.'],
    ['share', '1', '--share 1: give less than 1.'],
    ['share', 'much', '--share much: give a number.'],
    ['size', 'many', '--size many: give auto or a number.'],
    ['engine', 'quick', '--engine quick: give one of fast, slow.'],
    ['documents', '', '--documents : give a number.'],
    ['range', '4', '--range 4: takes 1 or 2.'],
    ['whole', '1.5', '--whole 1.5: give a whole number.'],
  ])('%s %s is refused with what to give instead', (name, value, sentence) => {
    expect(() => readFlags([schema], { [name]: value })).toThrow(sentence);
  });
});

describe('arguments of topics', () => {
  it.each([
    [['merge'], 'moetopic topics merge needs to know what'],
    [
      ['rename', '5', 'my', 'name'],
      'doesn’t take name as an argument; write a name of several words in quotes',
    ],
    [
      ['delete', '3', '5'],
      'delete doesn’t take 5 as an argument; write several with commas between them, as in 3,5.',
    ],
    [['merge', '3,', '7'], 'commas between them, as in 3,7.'],
    [['undo', '2'], 'moetopic topics undo doesn’t take 2 as an argument; it takes none.'],
    [['reduce', '5'], 'moetopic topics reduce doesn’t take 5 as an argument; write --to 5.'],
    [['recluster', '30'], 'write --min-topic-size 30.'],
    [['split', '5', '10'], 'write --min-topic-size 10.'],
    [['outliers', 'ctfidf'], 'write --strategy ctfidf.'],
    [['outliers', '0.3'], 'write --threshold 0.3.'],
    [['over-time', 'month'], 'write --bins month.'],
    [['over-time', 'time.csv'], 'write --out time.csv.'],
    [['undo', '--preview'], 'moetopic topics undo doesn’t take --preview; it is for merge, merge-similar, '],
    [['merge', '3,7', '--to', '5'], 'moetopic topics merge doesn’t take --to; it is for reduce, move.'],
    [['per-class', '--no-evolution'], 'doesn’t take --no-evolution; it is for over-time.'],
    [['constructor'], 'There is no action constructor; the actions are list, '],
  ])('%j is refused before anything is changed', async (words, sentence) => {
    const topics = addTopics(new Command()).exitOverride();
    await expect(topics.parseAsync(['nowhere', ...words], { from: 'user' })).rejects.toThrow(sentence);
  });

  it('name every flag’s actions in its help', () => {
    const help = new Map(addTopics(new Command()).options.map((option) => [option.long, option.description]));
    for (const [flag, , actions] of topicFlags.filter(([flag]) => flag !== '--preview')) {
      const said = help.get(flag.split(' ')[0])!;
      expect(actions.filter((action) => !said.includes(action))).toEqual([]);
    }
  });
});

describe('values of topics’ flags and arguments', () => {
  it('are topics’ numbers, the outliers’ with a hyphen or a minus sign', () => {
    expect(ids(' 3, 7')).toEqual([3, 7]);
    expect([oneId('-1'), oneId('−1')]).toEqual([-1, -1]);
    for (const text of ['', '3,,7', '3-7', '0x3', '1e1', '2.5', 'all', '99999999999999999999'])
      expect(() => ids(text)).toThrow(/^“[^ ,]*” is not a topic’s number; write one, or several as in 3,7/);
    expect(() => oneId('5,6')).toThrow('5,6 are several topics; this takes one.');
  });
  it('are whole numbers from 1', () => {
    expect(wholeNumber('limit', undefined, 5)).toBe(5);
    for (const text of ['0', '-1', '2.5'])
      expect(() => wholeNumber('limit', text, 5)).toThrow(
        `--limit ${text}: give a whole number, at least 1.`,
      );
    expect(() => wholeNumber('limit', ' ', 5)).toThrow('--limit “ ” is not a number; give one.');
  });
});

describe('a project that there is not', () => {
  it('is refused in one sentence', () => {
    expect(() => projectFile('nowhere.moetopic')).toThrow(
      'There is no project at nowhere.moetopic; check the path.',
    );
  });

  it('is not served', async () => {
    const serve = addServe(new Command());
    await expect(serve.parseAsync(['nowhere.moetopic'], { from: 'user' })).rejects.toThrow(
      'There is no project at nowhere.moetopic',
    );
  });

  it('nor is a file that is none', async () => {
    const file = path.join(temporaryFolder(), 'broken.moetopic');
    writeFileSync(file, 'not a database');
    const serve = addServe(new Command());
    await expect(serve.parseAsync([file], { from: 'user' })).rejects.toThrow(
      `${file} is not a MoETopic project`,
    );
  });
});
