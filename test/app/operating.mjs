/**
 * A process that does one step in a project and dies (SIGKILL) right before its n-th statement that writes: for the test that
 * kills it at every one. Says on stdout how many there were, where it gets through.
 * Arguments: the library, the project, the step as JSON, n.
 */
import { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

const [library, file, step, at] = process.argv.slice(2);
const core = await import(library);
let writes = 0;
let counting = false;

/** Has a method of the database say when it is about to write. */
function watched(owner, method, isWrite = () => true) {
  const own = owner.prototype[method];
  owner.prototype[method] = function (...args) {
    if (counting && isWrite(...args) && ++writes === Number(at)) process.kill(process.pid, 'SIGKILL');
    return own.apply(this, args);
  };
}
watched(DuckDBConnection, 'run', (sql) => !/^\s*SELECT/i.test(sql));
watched(DuckDBConnection, 'createAppender');
watched(DuckDBInstance, 'closeSync');

const context = core.quietContext();
const session = await core.Session.open(file);
counting = true;
const { type, operation, operations, corpus, out } = JSON.parse(step);
if (type === 'operation') await core.performOperation(session, operation, context);
else if (type === 'undo') await core.undoOperation(session, context);
else if (type === 'redo') await core.redoOperation(session, context);
else if (type === 'replay') await core.replayOperations(session, operations, context);
else {
  const batch = await core.readCorpus(corpus, {}, context);
  await core.growProject(session, batch, out, { overwrite: true }, context);
}
await session.close();
process.stdout.write(`${writes}\n`);
