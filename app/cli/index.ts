#!/usr/bin/env node
import { z } from 'zod';
import { Command, CommanderError } from 'commander';
import { packageVersion } from '../../core/index.ts';
import { commands } from './commands/index.ts';
import { reportError } from './terminal.ts';

// A strict content security policy (Electron's windows) forbids generated code; nothing here needs zod's.
z.config({ jitless: true });

const program = new Command('moetopic')
  .description('A pile of documents in, a map of topics out.')
  .version(packageVersion())
  .showHelpAfterError('(moetopic COMMAND --help lists the flags)')
  .exitOverride();

for (const add of commands) {
  const command = add(program);
  command.option('--debug', 'with an error, print its stack and causes too').exitOverride();
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else process.exitCode = reportError(error, process.argv.includes('--debug'));
}
// Native threads (ONNX Runtime, DuckDB) may linger; everything is written by now.
process.exit(process.exitCode ?? 0);
