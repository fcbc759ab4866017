// npm run build: everything that runs, into dist/.
import path from 'node:path';
import { rm } from 'node:fs/promises';
import { build as viteBuild } from 'vite';
import { buildNode, buildThreads, root } from './bundle.mjs';

await rm(path.join(root, 'dist'), { recursive: true, force: true });
await Promise.all([
  buildNode(),
  buildThreads(),
  viteBuild({ configFile: path.join(root, 'renderer/vite.config.mjs'), logLevel: 'warn' }),
]);
