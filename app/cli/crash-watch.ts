import { spawn } from 'node:child_process';

/** What a person reads when the process is gone before it could say anything itself. */
export const crashSentence =
  'MoETopic ended without a word: native code crashed in it, or the system stopped it, as it does when memory runs out; run the same command again to go on where it stopped.';

/** Waits on its input: a line means that all is well, an end without one that whoever held the other end is gone. */
const shell = `trap '' INT TERM HUP; read -r well || printf '%s\\n' "$0" >&2`;
const script = `let well = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
process.stdin.on('data', () => (well = true)).on('end', () => well || process.stderr.write(process.argv[1] + '\\n'));`;

/**
 * Has another process watch over this one while it computes: a crash of ONNX Runtime takes the whole process with it. It is a line of shell,
 * which costs nothing, or where there is none (Windows) of JavaScript.
 * @returns to be called when the work is over, however it went
 */
export function watchForCrash(platform = process.platform): () => Promise<void> {
  const [program, code] = platform === 'win32' ? [process.execPath, script] : ['/bin/sh', shell];
  const child = spawn(program, [program === process.execPath ? '-e' : '-c', code, crashSentence], {
    stdio: ['pipe', 'ignore', 'inherit'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
  });
  const { stdin } = child;
  child.on('error', () => undefined);
  stdin.on('error', () => undefined);
  child.unref();
  // A second Ctrl-C ends at once, and not by a crash.
  const leave = (): void => void stdin.write('well\n');
  process.once('exit', leave);
  return () => {
    process.off('exit', leave);
    return new Promise((resolve) => {
      stdin.once('close', resolve);
      stdin.end('well\n', () => resolve());
    });
  };
}
