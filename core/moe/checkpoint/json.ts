import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../../base/errors.ts';

/** Larger than any index or configuration (tokenizer.json is read by the tokeniser itself). */
const mostBytes = 32 * 1024 * 1024;

/**
 * A JSON object of a model folder.
 * @throws ModelError when the file is missing, larger than 32 MiB or not a JSON object.
 */
export async function readJsonFile(file: string): Promise<Record<string, unknown>> {
  const name = path.basename(file);
  const size = await stat(file).then(
    (s) => s.size,
    (cause: unknown) => {
      throw new ModelError(`${path.dirname(file)} has no ${name}; download the whole model.`, { cause });
    },
  );
  if (size > mostBytes)
    throw new ModelError(
      `${name} has ${size} bytes; more than ${mostBytes} are not read: this is no model's ${name}.`,
    );
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new ModelError(`${name} is not JSON; download it again.`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ModelError(`${name} is not a JSON object; download it again.`);
  return value as Record<string, unknown>;
}
