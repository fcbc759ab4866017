/** The app's own benches (map, start): limits of their own, no peers, a results file of their own. */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { machine } from './environment.mjs';

export const appModules = ['map', 'start'];

/** Runs them one after the other, prints a line each and writes results-app.md. @returns whether every limit was kept */
export async function benchApp({ only, sizes, out, say }) {
  const described = machine();
  const results = [];
  const load = [loadavg()[0]];
  for (const name of only) {
    const bench = await import(new URL(`${name}.mjs`, import.meta.url));
    for (const row of await bench.run({ sizes, say })) {
      results.push(row);
      const limit = row.limit === undefined ? '' : ` (at most ${row.limit})${kept(row) ? '' : '  MISSED'}`;
      console.log(`${row.what} (${row.rows.toLocaleString('en')}): ${row.value ?? '–'} ${row.unit}${limit}`);
    }
    load.push(loadavg()[0]);
  }
  const file = out ?? fileURLToPath(new URL('results-app.md', import.meta.url));
  writeFileSync(file, report(described, load, results));
  console.log(`Written: ${file}`);
  return results.every(kept);
}

const kept = ({ value, limit }) => limit === undefined || value === null || value <= limit;

function report({ cpu, cores, memoryGB, system, node }, load, results) {
  const table = results.map((row) =>
    [
      row.what,
      row.rows.toLocaleString('en'),
      `${row.value?.toLocaleString('en') ?? '–'} ${row.unit}`,
      row.limit === undefined ? '' : `${row.limit.toLocaleString('en')} ${row.unit}`,
      row.limit === undefined ? '' : kept(row) ? 'yes' : '**no**',
    ].join(' | '),
  );
  return `# What the app's bench measured

Written by \`npm run bench -- --only map,start\`: the map on generated documents in Chromium with software rendering, and the
desktop app in the Electron for tests on a screen of memory. Times are medians (30 movements of the pointer, 5 starts).

- Processor: ${cpu}, ${cores} cores; memory ${memoryGB} GB; ${system}; no GPU
- Load (1 minute) during the run: ${Math.min(...load).toFixed(1)} to ${Math.max(...load).toFixed(1)}
- Node.js ${node}

| | documents, starts or processes | measured | at most | holds |
|---|--:|--:|--:|---|
${table.map((cells) => `| ${cells} |`).join('\n')}
`;
}
