import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { InputError } from '../../../core/base/errors.ts';
import { evaluate, evaluateLabels, readColumns, type Evaluation } from '../../../core/index.ts';
import type { StageContext } from '../../../core/base/progress.ts';
import { commonParams, withContext, type Options } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';
import { withSession } from '../session.ts';
import { tell } from '../terminal.ts';

const schemas = [commonParams];

/** moetopic evaluate PROJECT|documents.csv [--label COLUMN] */
export function addEvaluate(program: Command): Command {
  const command = program
    .command('evaluate <project>')
    .description('measures of a project, or of a documents.csv with labels')
    .option('--label <column>', 'column with the labels to compare with (a project knows its own)')
    .option('--json', 'print one JSON object');
  addFlags(command, schemas);
  return command.action(async (project: string, options: Options & { label?: string }) => {
    const result = await withContext(options, readFlags(schemas, options), async (context) => {
      const found = isTable(project)
        ? await ofTable(project, options.label, context)
        : await withSession(project, (session) => {
            const labels = labelsOf(session.corpus, options.label);
            tellUnlabelled(labels);
            return evaluate(session, labels, context);
          });
      return toSnake(found);
    });
    if (!options.json)
      for (const [name, value] of Object.entries(result))
        if (value !== null)
          process.stdout.write(
            `${name.padEnd(15)} ${typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(4) : String(value)}\n`,
          );
  });
}

/** A table by its name; a project's folder may be named so, too, after the corpus. */
function isTable(given: string): boolean {
  return /\.(csv|tsv)(\.gz)?$/i.test(given) && !statSync(given, { throwIfNoEntry: false })?.isDirectory();
}

function labelsOf(
  corpus: {
    labels: readonly (string | null)[] | null;
    columns: readonly { name: string; values: readonly (string | null)[] }[];
  },
  label: string | undefined,
): readonly (string | null)[] | null {
  if (label === undefined) return corpus.labels;
  const column = corpus.columns.find((c) => c.name === label);
  if (column) return column.values;
  throw new InputError(
    `The corpus has no column ${label}; it has ${corpus.columns.map((c) => c.name).join(', ')}.`,
  );
}

async function ofTable(
  file: string,
  label: string | undefined,
  context: StageContext,
): Promise<Partial<Evaluation>> {
  const columns = await readColumns(file, context);
  const topics = columns.get('topic');
  if (topics === undefined)
    throw new InputError(`${file} has no column topic; give a documents.csv that moetopic wrote.`);
  const name = label ?? ['label', 'labels', 'category', 'class'].find((known) => columns.has(known));
  const labels = name === undefined ? null : (columns.get(name) ?? null);
  if (label !== undefined && labels === null)
    throw new InputError(`${file} has no column ${label}; it has ${[...columns.keys()].join(', ')}.`);
  tellUnlabelled(labels);
  const found = Int32Array.from(topics, (topic) => Number(topic ?? -1));
  const outliers = found.filter((topic) => topic < 0).length;
  return {
    documents: found.length,
    topics: new Set(found).size - (outliers > 0 ? 1 : 0),
    outlierShare: outliers / found.length,
    ...evaluateLabels(labels, found),
  };
}

/** A corpus that is labelled in part has lower figures than its topics deserve. */
function tellUnlabelled(labels: readonly (string | null)[] | null): void {
  const without = labels?.filter((label) => (label ?? '') === '').length ?? 0;
  if (without === 0 || without === labels!.length) return;
  const count = (n: number): string => n.toLocaleString('en');
  tell(
    `${count(without)} of ${count(labels!.length)} documents have no label: together they count as one more label, so the figures are not those of the others alone.`,
  );
}

/** cli.md's names: snake case, and c_v as the field writes it. */
function toSnake(found: Partial<Evaluation>): Record<string, number | null | undefined> {
  return Object.fromEntries(
    Object.entries(found).map(([name, value]) => [
      name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
      value,
    ]),
  );
}
