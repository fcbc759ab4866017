// Compiles the AssemblyScript beside this file: `node core/cluster/kernels/compile.mjs` writes hdbscan.wasm.ts, base64 in a module, so that
// it is found from source, inside a bundle and inside a package alike. A test checks that it matches its source.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('.', import.meta.url));
const options =
  '-O3 --noAssert --runtime stub --enable simd --enable threads --enable bulk-memory --importMemory --sharedMemory --initialMemory 1 --maximumMemory 65536 --memoryBase 1024';

/** The module that holds the compiled kernels, as text. */
export async function compileKernels() {
  let binary;
  const { error, stderr } = await asc.main(['hdbscan.ts', ...options.split(' '), '--outFile', 'out.wasm'], {
    // The compiler wants the ending .ts, which the project's type check would claim.
    readFile: (file) => {
      const source = path.join(folder, file.replace(/\.ts$/, '.as'));
      return file.endsWith('.ts') && existsSync(source) ? readFileSync(source, 'utf8') : null;
    },
    writeFile: (_file, contents) => (binary = contents),
    listFiles: () => [],
  });
  if (error) throw new Error(`The kernels do not compile: ${stderr.toString()}`);
  const base64 = Buffer.from(binary).toString('base64');
  return `/** hdbscan.as and what it imports, compiled by compile.mjs: change them and run it again. */\nexport const hdbscanWasm =\n  '${base64}';\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(path.join(folder, 'hdbscan.wasm.ts'), await compileKernels());
