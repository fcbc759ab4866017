/**
 * Makes the palettes of core/map/palette.ts:
 *   npx esbuild test/reference/palette/make-palette.ts --bundle --platform=node --format=esm | node --input-type=module
 *
 * From a grid in OKLCH that stands off the background and the outliers' grey: first the largest set found of colours
 * that all differ by ΔE2000 ≥ 20 for every vision (each next one the nearest that still does, from every start), then
 * the colours farthest from all chosen so far.
 */
import {
  deltaE2000,
  hexToRgb,
  inGamut,
  oklchToRgb,
  rgbToHex,
  rgbToLab,
  simulate,
  visions,
  type Lab,
} from '../../../core/map/color.ts';

const size = 40;
const themes = {
  light: { from: 0.34, to: 0.84, grey: '#c9ccd1' },
  dark: { from: 0.46, to: 0.95, grey: '#4a4f57' },
};

for (const [name, { from, to, grey }] of Object.entries(themes)) {
  const seen = (hex: string): Lab[] => visions.map((v) => rgbToLab(simulate(hexToRgb(hex), v)));
  const difference = (a: Lab[], b: Lab[]): number => Math.min(...a.map((lab, v) => deltaE2000(lab, b[v])));
  const greySeen = seen(grey);
  const grid: { hex: string; labs: Lab[] }[] = [];
  for (let l = from; l <= to + 1e-9; l += 0.05)
    for (let c = 0.07; c < 0.26; c += 0.03)
      for (let h = 0; h < 360; h += 10) {
        const rgb = oklchToRgb(l, c, h);
        const hex = rgbToHex(rgb);
        if (inGamut(rgb) && difference(seen(hex), greySeen) >= 14) grid.push({ hex, labs: seen(hex) });
      }
  const n = grid.length;
  const d = new Float32Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) d[i * n + j] = d[j * n + i] = difference(grid[i].labs, grid[j].labs);
  let best: number[] = [];
  for (let start = 0; start < n; start++) {
    const set = [start];
    const nearest = d.slice(start * n, start * n + n);
    for (;;) {
      let next = -1;
      for (let i = 0; i < n; i++)
        if (nearest[i] >= 20.5 && (next < 0 || nearest[i] < nearest[next])) next = i;
      if (next < 0) break;
      set.push(next);
      for (let i = 0; i < n; i++) nearest[i] = Math.min(nearest[i], d[next * n + i]);
    }
    if (set.length > best.length) best = set;
  }
  const core = best.length;
  const nearest = new Float32Array(n).fill(Infinity);
  for (const s of best) for (let i = 0; i < n; i++) nearest[i] = Math.min(nearest[i], d[s * n + i]);
  while (best.length < size) {
    const far = nearest.indexOf(Math.max(...nearest));
    best.push(far);
    for (let i = 0; i < n; i++) nearest[i] = Math.min(nearest[i], d[far * n + i]);
  }
  console.log(`// ${name}: of ${n} colours, the first ${core} differ for everyone`);
  console.log(best.map((i) => `'${grid[i].hex}'`).join(', '));
}
