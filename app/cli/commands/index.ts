import type { Command } from 'commander';
import { addCluster } from './cluster.ts';
import { addEmbed } from './embed.ts';
import { addKeywords } from './keywords.ts';
import { addReduce } from './reduce.ts';
import { addRun } from './run.ts';

/** Every command: adds itself to the program and returns what it added. */
export const commands: readonly ((program: Command) => Command)[] = [
  addRun,
  addEmbed,
  addReduce,
  addCluster,
  addKeywords,
];
