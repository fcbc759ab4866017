import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectFile } from '../../app/cli/session.ts';
import { readFlags } from '../../app/cli/flags.ts';
import { addTopics } from '../../app/cli/commands/topics.ts';
import { addServe } from '../../app/cli/commands/serve.ts';
import { temporaryFolder } from '../store/folder.ts';

describe('what a flag may be', () => {
  const schema = z.object({
    least: z.number().min(2).default(2),
    most: z.number().max(9).default(9),
    share: z.number().positive().lt(1).default(0.5),
    size: z.union([z.literal('auto'), z.coerce.number().int().min(2)]).default('auto'),
    engine: z.enum(['fast', 'slow']).default('fast'),
  });
  it.each([
    ['least', '-3', '--least -3: give at least 2.'],
    ['most', '10', '--most 10: give at most 9.'],
    ['share', '0', '--share 0: give more than 0.'],
    ['share', '1', '--share 1: give less than 1.'],
    ['share', 'much', '--share much: give a number.'],
    ['size', 'many', '--size many: give auto or a number.'],
    ['engine', 'quick', '--engine quick: give one of fast, slow.'],
  ])('%s %s is refused with what to give instead', (name, value, sentence) => {
    expect(() => readFlags([schema], { [name]: value })).toThrow(sentence);
  });
});

describe('arguments of topics', () => {
  it.each([
    [['merge'], 'moetopic topics merge needs to know what'],
    [['rename', '5', 'my', 'name'], 'moetopic topics rename doesn’t take name; several go with commas'],
    [['delete', '3', '5'], 'moetopic topics delete doesn’t take 5; several go with commas'],
    [['undo', '2'], 'moetopic topics undo doesn’t take 2;'],
  ])('%j is refused before anything is changed', async (words, sentence) => {
    const topics = addTopics(new Command()).exitOverride();
    await expect(topics.parseAsync(['nowhere', ...words], { from: 'user' })).rejects.toThrow(sentence);
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
