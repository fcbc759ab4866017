/**
 * A process that writes a project without end, for the test that kills it. After each finished write it says so on stdout:
 * what it said must be there after the crash.
 */
import { openProject } from '../../core/store/index.ts';
import { operationState, resultValue } from './scenario.ts';

const project = await openProject(process.argv[2], { create: true });
const say = (what: string, n: number): void => {
  process.stdout.write(`${what} ${n}\n`);
};
say('opened', process.pid);
const before = await project.operations();
let operation = before.length;
// Killed between an undo and its redo: what was undone is done again first.
if (before.some((entry) => entry.undone)) await project.commitRedo(operationState(operation));
let result = (await project.getResult<{ version: number }>('reduce', 'key'))?.version ?? 0;
if ((await project.state()) === undefined) await project.saveFit(operationState(0));
say('fitted', 0);
for (;;) {
  operation++;
  await project.commitOperation({ n: operation }, `operation ${operation}`, operationState(operation));
  say('operation', operation);
  await project.commitUndo(operationState(operation - 1));
  await project.commitRedo(operationState(operation));
  result++;
  await project.putResult('reduce', 'key', resultValue(result));
  say('result', result);
}
