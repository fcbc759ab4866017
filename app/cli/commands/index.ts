import type { Command } from 'commander';
import { addCluster } from './cluster.ts';
import { addCompare } from './compare.ts';
import { addDoctor } from './doctor.ts';
import { addEmbed } from './embed.ts';
import { addEvaluate } from './evaluate.ts';
import { addExport } from './export.ts';
import { addGrow, addImport, addMerge } from './join.ts';
import { addKeywords } from './keywords.ts';
import { addModels } from './models.ts';
import { addReduce } from './reduce.ts';
import { addRun } from './run.ts';
import { addServe } from './serve.ts';
import { addStability } from './stability.ts';
import { addTopics } from './topics.ts';
import { addTrace } from './trace.ts';
import { addTransform } from './transform.ts';

/** Every command: adds itself to the program and returns what it added. */
export const commands: readonly ((program: Command) => Command)[] = [
  addRun,
  addEmbed,
  addReduce,
  addCluster,
  addKeywords,
  addEvaluate,
  addTransform,
  addTopics,
  addStability,
  addCompare,
  addMerge,
  addGrow,
  addImport,
  addExport,
  addTrace,
  addModels,
  addDoctor,
  addServe,
];
