import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Rooms of core that put stages together: they may use every stage, and no stage uses them. */
const above = ['models', 'run', 'project'];

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true })
    .map((file) => `${folder}/${String(file).replaceAll('\\', '/')}`)
    .filter((file) => /\.tsx?$/.test(file));
}

/** Every import of a file: [typeOnly, specifier], local ones as paths from the root. */
function imports(file: string, text = readFileSync(path.join(root, file), 'utf8')): [boolean, string][] {
  const found: [boolean, string][] = [];
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s*['"]([^'"]+)['"]|import\s*\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g;
  for (const match of text.matchAll(pattern)) {
    const name = match[2] ?? match[3] ?? match[4];
    found.push([
      Boolean(match[1]),
      name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name,
    ]);
  }
  return found;
}

/** What an import may not be; each rule returns the broken imports of one file. */
function broken(file: string, text?: string): string[] {
  const bad: string[] = [];
  const [room, stage] = file.split('/');
  for (const [typeOnly, target] of imports(file, text)) {
    const [toRoom, toStage] = target.split('/');
    if (room === 'core') {
      if (/^(electron|react|react-dom|plotly)|^@mantine\//.test(target)) bad.push(target);
      if (toRoom === 'app' || toRoom === 'renderer') bad.push(target);
      const between = toRoom === 'core' && stage.indexOf('.') < 0 && toStage.indexOf('.') < 0;
      if (between && stage !== toStage && !above.includes(stage) && !['base', 'onnx'].includes(toStage))
        bad.push(target);
      if (
        ['base', 'onnx'].includes(stage) &&
        toRoom === 'core' &&
        !['base', 'onnx'].includes(toStage) &&
        !typeOnly
      )
        bad.push(target);
    }
    if (room === 'renderer' && toRoom === 'core' && !typeOnly) bad.push(target);
    if (room === 'renderer' && (toRoom === 'app' || target === 'electron')) bad.push(target);
    if (room === 'app' && toRoom === 'renderer') bad.push(target);
  }
  return bad;
}

describe('the rooms', () => {
  for (const room of ['core', 'app', 'renderer'])
    it(`${room} imports only what it may`, () => {
      const files = sources(room);
      expect(files.length).toBeGreaterThan(0);
      expect(files.flatMap((file) => broken(file).map((target) => `${file} imports ${target}`))).toEqual([]);
    });

  it('the rule itself notices each kind of breach', () => {
    expect(broken('core/reduce/a.ts', `import { app } from 'electron';`)).toEqual(['electron']);
    expect(broken('core/reduce/a.ts', `import { x } from '../cluster/index.ts';`)).toEqual([
      'core/cluster/index.ts',
    ]);
    expect(broken('core/reduce/a.ts', `import type { x } from '../cluster/index.ts';`)).toHaveLength(1);
    expect(broken('core/reduce/a.ts', `import type { x } from '../stages.ts';`)).toEqual([]);
    expect(broken('core/reduce/a.ts', `import { x } from '../run/params.ts';`)).toHaveLength(1);
    expect(broken('core/run/a.ts', `import { x } from '../reduce/index.ts';`)).toEqual([]);
    expect(broken('renderer/views/a.ts', `import { x } from '../../core/index.ts';`)).toHaveLength(1);
    expect(broken('renderer/views/a.ts', `import type { x } from '../../core/index.ts';`)).toEqual([]);
    expect(broken('core/map/a.ts', `const p = await import('plotly.js-strict-dist-min');`)).toHaveLength(1);
  });
});
