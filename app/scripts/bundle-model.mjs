// node app/scripts/bundle-model.mjs CHECKPOINT: converts a trained mixture of experts into assets/models/minilm-moe, int8.
import path from 'node:path';
import { readFile, writeFile, rm, mkdtemp } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './bundle.mjs';

const source = process.argv[2];
if (!source) {
  console.error('Usage: node app/scripts/bundle-model.mjs CHECKPOINT [--alpha N]');
  process.exit(2);
}
const alpha = process.argv.includes('--alpha')
  ? Number(process.argv[process.argv.indexOf('--alpha') + 1])
  : 0.02;

// The converter is TypeScript: bundle it beside node_modules, run it, remove it.
const folder = await mkdtemp(path.join(root, 'dist', 'bundle-model-'));
const outfile = path.join(folder, 'convert.mjs');
const target = path.join(root, 'assets', 'models', 'minilm-moe');
try {
  await build({
    entryPoints: [path.join(root, 'core/moe/convert.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['onnxruntime-node'],
    outfile,
    logLevel: 'warning',
  });
  const { convertModel } = await import(pathToFileURL(outfile).href);
  const context = { signal: new AbortController().signal, onProgress: () => undefined, seed: 42, threads: 2 };
  const options = { precision: 'int8', device: 'cpu', name: 'minilm-moe' };
  const converted = await convertModel(path.resolve(source), target, options, context);
  // What the checkpoint doesn't say of itself.
  const card = { ...converted, license: 'Apache-2.0', maxTokens: 256, alpha, languages: ['en'] };
  await writeFile(path.join(target, 'moetopic.json'), `${JSON.stringify(card, null, 2)}\n`);
  await writeFile(path.join(target, 'LICENSE'), await readFile(path.join(root, 'LICENSE')));
  await writeFile(path.join(target, 'README.md'), readme(card));
  console.log(`${target}: ${card.parameters.total} parameters, fingerprint ${card.fingerprint}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

function readme(card) {
  const millions = (n) => `${(n / 1e6).toFixed(1)} M`;
  const [router] = card.routers;
  return `# ${card.name}

The model that MoETopic starts with: a BERT-like encoder of ${card.layers} layers whose feed-forward layers are mixtures of one shared expert and
${router.experts} routed ones, ${router.active} of them active for each token. ${millions(card.parameters.total)} parameters, ${millions(card.parameters.active)} active;
int8 weights with one scale a column and int8 activations with one scale a row, routers in float32. English.

Cut out of all-MiniLM-L6-v2 (Apache-2.0, sentence-transformers) and distilled from it. These files were written by
\`node app/scripts/bundle-model.mjs CHECKPOINT\` from the trained checkpoint; \`moetopic.json\` describes them.

Text goes in lower-case WordPiece tokens, at most ${card.maxTokens}; the mean of the last hidden states, through a linear map that brings its
directions' variances nearer to each other, is the embedding HS, the mean of the
routers' probabilities over all experts the routing weights RW (${card.routers.length} × ${router.experts} = ${card.routers.length * router.experts}).
`;
}
