import { Option, type Command } from 'commander';
import type { z } from 'zod';
import { describeParams, type ParamInfo } from '../../core/base/params.ts';
import { UsageError } from '../../core/base/errors.ts';

const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

/** Adds a flag for each parameter of the schemas: name, choices, default, unit and help come from the schema itself. */
export function addFlags(command: Command, schemas: readonly z.ZodObject[]): void {
  const seen = new Set<string>();
  for (const schema of schemas)
    for (const info of describeParams(schema)) {
      if (seen.has(info.name)) continue;
      seen.add(info.name);
      command.addOption(toOption(info));
    }
}

function toOption(info: ParamInfo): Option {
  const shown = ['string', 'number', 'boolean'].includes(typeof info.default)
    ? ` [${JSON.stringify(info.default)}]`
    : '';
  const help = `${info.help}${info.unit ? ` (${info.unit})` : ''}${info.choices ? ` ${info.choices.join('|')}` : ''}${shown}`;
  const flag = `--${kebab(info.name)}`;
  return new Option(info.type === 'boolean' ? flag : `${flag} <${info.type}>`, help);
}

/** Keeps the options that one of the schemas knows, each in the type that its schema takes. */
export function readFlags(
  schemas: readonly z.ZodObject[],
  options: Record<string, unknown>,
): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const schema of schemas) {
    const numbers = new Set(
      describeParams(schema).flatMap(({ name, type }) => (type === 'number' ? [name] : [])),
    );
    for (const [name, value] of Object.entries(options)) {
      const field = schema.shape[name] as z.ZodType | undefined;
      if (field === undefined || value === undefined) continue;
      // Read as a number, nothing is 0.
      if (numbers.has(name) && typeof value === 'string' && value.trim() === '')
        throw new UsageError(`--${kebab(name)} ${value}: give a number.`);
      params[name] = typed(field, name, value);
    }
  }
  return params;
}

/** Text from the command line as the first of number, list and text that the parameter takes. */
function typed(field: z.ZodType, name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const candidates: unknown[] = [];
  if (value.trim() !== '' && Number.isFinite(Number(value))) candidates.push(Number(value));
  const list = value.split(',').map((part) => part.trim());
  candidates.push(value, list, list.map(Number));
  for (const candidate of candidates) if (field.safeParse(candidate).success) return candidate;
  // A number that stands for a text ("2" of n-grams) is amiss as a text, not because it is no text.
  const issues = [candidates[0], value].map((candidate) => field.safeParse(candidate).error?.issues[0]);
  const issue = issues.find((one) => one?.code !== 'invalid_type') ?? issues[0];
  throw new UsageError(
    `--${kebab(name)} ${value}: ${issue === undefined ? 'it is not valid' : inWords(issue)}.`,
  );
}

/** What a schema finds amiss, limits said as what to give instead. */
function inWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small' && issue.origin === 'number')
    return `give ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
  if (issue.code === 'too_big' && issue.origin === 'number')
    return `give ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
  if (issue.code === 'invalid_union') {
    const choices = issue.errors.map(([first]) => wanted(first));
    if (choices.every((choice) => choice !== null)) return `give ${choices.join(' or ')}`;
  }
  const choice = wanted(issue);
  return choice === null ? issue.message : `give ${choice}`;
}

/** What a value should have been that is of another kind; null where that isn't the fault. */
function wanted(issue: z.core.$ZodIssue): string | null {
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String).join(', ');
    return issue.values.length > 1 ? `one of ${values}` : values;
  }
  if (issue.code !== 'invalid_type') return null;
  if (issue.expected === 'int') return 'a whole number';
  return issue.expected === 'number' ? 'a number' : null;
}
