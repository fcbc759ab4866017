import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../base/errors.ts';
import { packageRoot } from '../base/paths.ts';

/** Plotly's strict build (no `unsafe-eval`): the build copies it into dist/; a checkout has it among its packages. */
const places = ['dist/plotly-strict.min.js', 'node_modules/plotly.js-strict-dist-min/plotly-strict.min.js'];

/** @throws InputError when this installation lacks it */
export async function plotlySource(): Promise<string> {
  const roots = [packageRoot, packageRoot.replace(/app\.asar$/, 'app.asar.unpacked')];
  const found = roots.flatMap((root) => places.map((place) => path.join(root, place))).find(existsSync);
  if (found === undefined)
    throw new InputError(
      'Plotly is missing from this installation, so no HTML can be written; install MoETopic again.',
    );
  return readFile(found, 'utf8');
}
