import { throwIfCancelled } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import type { Random } from '../base/random.ts';
import type { FuzzyGraph } from '../stages.ts';
import type { Curve } from './curve.ts';
import { coefficientTables } from './coefficients.ts';

const negatives = 5;

/** umap-learn's stochastic gradient descent on the cross entropy between the graph and the layout. */
export async function layOut(
  graph: FuzzyGraph,
  start: Matrix,
  curve: Curve,
  epochs: number,
  random: Random,
  context: StageContext,
  report: (epoch: number) => void,
): Promise<Matrix> {
  const d = start.columns;
  const n = start.rows;
  const y = start.data.slice();
  const { attraction, repulsion } = coefficientTables(curve);
  const bits = new Float32Array(1);
  const key = new Uint32Array(bits.buffer);
  let strongest = 0;
  for (const w of graph.weights) strongest = Math.max(strongest, w);
  const rates = graph.weights.map((w) => w / strongest);
  const step = new Float32Array(d);
  for (let epoch = 1; epoch < epochs; epoch++) {
    const alpha = 1 - epoch / epochs;
    throwIfCancelled(context.signal);
    for (let i = 0; i < n; i++)
      for (let e = graph.offsets[i]; e < graph.offsets[i + 1]; e++) {
        if (Math.floor(epoch * rates[e]) === Math.floor((epoch - 1) * rates[e])) continue;
        const [p, q] = [i * d, graph.targets[e] * d];
        let squared = 0;
        for (let c = 0; c < d; c++) {
          step[c] = y[p + c] - y[q + c];
          squared += step[c] * step[c];
        }
        bits[0] = squared;
        const pull = attraction[key[0] >>> 14];
        for (let c = 0; c < d; c++) {
          const move = Math.max(-4, Math.min(4, pull * step[c])) * alpha;
          y[p + c] += move;
          y[q + c] -= move;
        }
        for (let draw = 0; draw < negatives; draw++) {
          const r = random.integer(n) * d;
          squared = 0;
          for (let c = 0; c < d; c++) {
            step[c] = y[p + c] - y[r + c];
            squared += step[c] * step[c];
          }
          bits[0] = squared;
          const push = repulsion[key[0] >>> 14];
          for (let c = 0; c < d; c++) y[p + c] += Math.max(-4, Math.min(4, push * step[c])) * alpha;
        }
      }
    report(epoch);
    await breathe();
  }
  return { ...start, data: y };
}
