import { z } from 'zod';
import { UsageError } from './errors.ts';

/**
 * A parameter carries its default, its unit and one line of help in its zod schema, e.g.
 * `z.number().int().min(2).default(15).meta({ help: 'Neighbours of each document.', unit: 'documents' })`.
 * The command line's flags, the app's form and the reference page are generated from it, so they can't drift apart.
 */
export interface ParamMeta {
  help: string;
  unit?: string;
  /** Hidden behind "advanced" in the app. */
  advanced?: boolean;
}

/** One parameter of a schema, described for a form, a flag or a page. */
export interface ParamInfo extends ParamMeta {
  /** camelCase name in the schema; the flag is its kebab-case form. */
  name: string;
  default: unknown;
  choices?: string[];
  type: 'number' | 'string' | 'boolean' | 'list';
}

/** Describes every parameter of a stage's schema, in order. */
export function describeParams(schema: z.ZodObject): ParamInfo[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, JsonSchema>;
  };
  return Object.entries(json.properties ?? {}).map(([name, p]) => ({
    name,
    help: p.help ?? '',
    unit: p.unit,
    advanced: p.advanced,
    default: p.default,
    choices: p.enum ?? p.anyOf?.find((a) => a.enum)?.enum,
    type: typeOf(p),
  }));
}

interface JsonSchema extends Partial<ParamMeta> {
  type?: string;
  enum?: string[];
  anyOf?: JsonSchema[];
  default?: unknown;
}

function typeOf(p: JsonSchema): ParamInfo['type'] {
  if (p.type === 'boolean') return 'boolean';
  if (p.type === 'array') return 'list';
  if (p.type === 'number' || p.type === 'integer') return 'number';
  return 'string';
}

/**
 * Parses parameters, defaults filled in.
 * @throws UsageError that names the parameter, what it got and what it takes.
 */
export function parseParams<S extends z.ZodType>(schema: S, input: unknown, what: string): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new UsageError(`${what}: ${issue.path.join('.') || 'parameters'}: ${issue.message}.`, {
    cause: result.error,
  });
}
