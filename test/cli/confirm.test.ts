import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { confirmed } from '../../app/cli/terminal.ts';

async function answer(text: string | null): Promise<{ yes: boolean; asked: string }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  if (text === null) input.end();
  else input.write(text);
  const yes = await confirmed('Download and add x/y?', input, output);
  return { yes, asked: String(output.read()) };
}

describe('a question on the terminal', () => {
  it.each([
    ['\n', true],
    ['y\n', true],
    ['YES\n', true],
    ['n\n', false],
    ['what?\n', false],
    [null, false],
  ] as const)('answered with %j is %j', async (text, yes) => {
    const given = await answer(text);
    expect(given.yes).toBe(yes);
    expect(given.asked).toContain('Download and add x/y? [Y/n] ');
  });
});
