// Compiles the AssemblyScript kernels beside this file: `node core/reduce/kernels/compile.mjs` writes each NAME.as as NAME.wasm.ts, base64
// in a module, so that it is found from source, inside a bundle and inside a package alike. A test checks that they match.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('.', import.meta.url));
const options =
  '-O3 --noAssert --runtime stub --enable simd --enable bulk-memory --importMemory --initialMemory 1 --maximumMemory 65536';
// ONNX Runtime can't read memory that threads share, so not every kernel's memory is shared.
const shared = ['layout', 'filter'];

/** Names of the kernels: files NAME.as. */
export function kernelNames() {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.as'))
    .map((file) => path.basename(file, '.as'));
}

/** The module that holds a compiled kernel, as text. */
export async function compileKernel(name) {
  let binary;
  const threads = shared.includes(name) ? ['--enable', 'threads', '--sharedMemory'] : [];
  const flags = [`${name}.ts`, ...options.split(' '), ...threads, '--outFile', 'out.wasm'];
  const { error, stderr } = await asc.main(flags, {
    // The compiler wants the ending .ts, which the project's type check would claim.
    readFile: (file) =>
      file === `${name}.ts` ? readFileSync(path.join(folder, `${name}.as`), 'utf8') : null,
    writeFile: (_file, contents) => (binary = contents),
    listFiles: () => [],
  });
  if (error) throw new Error(`${name}.as does not compile: ${stderr.toString()}`);
  const base64 = Buffer.from(binary).toString('base64');
  return `/** ${name}.as, compiled by compile.mjs: change that and run it again. */\nexport const ${name}Wasm =\n  '${base64}';\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of kernelNames())
    writeFileSync(path.join(folder, `${name}.wasm.ts`), await compileKernel(name));
