import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/**
 * A Python process that stays warm between measurements: it reads one JSON request a line and answers one JSON object a line.
 * What it prints on stderr is shown only if it fails.
 */
export class Peer {
  #process;
  #waiting = [];
  #noise = '';

  constructor(python, script) {
    const file = fileURLToPath(new URL(script, import.meta.url));
    this.#process = spawn(python, ['-W', 'ignore', file], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, HF_HUB_OFFLINE: '1', TRANSFORMERS_OFFLINE: '1', TOKENIZERS_PARALLELISM: 'true' },
    });
    this.#process.stderr.on('data', (chunk) => (this.#noise = (this.#noise + chunk).slice(-4000)));
    createInterface({ input: this.#process.stdout }).on('line', (line) => {
      if (line.startsWith('{')) this.#waiting.shift()?.resolve(JSON.parse(line));
    });
    const fail = () => {
      const error = new Error(`${script} ended: ${this.#noise}`);
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    };
    this.#process.on('error', fail);
    this.#process.on('exit', fail);
    this.#process.stdin.on('error', fail);
  }

  ask(request) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    });
  }

  close() {
    this.#process.stdin.end();
  }
}
