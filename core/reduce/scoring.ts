import type { InferenceSession } from 'onnxruntime-node';
import type { Matrix } from '../base/matrix.ts';
import { GraphBuilder } from '../onnx/graph.ts';
import { onnxRuntime, openSession } from '../onnx/session.ts';

/**
 * q [queries × d], x [rows × d], bias [rows], k [1] → the k largest of q·xᵀ + bias in each row, as indices, ties to the lower one,
 * and their scores.
 */
export function scoreGraph(columns: number): Uint8Array {
  const g = new GraphBuilder('neighbours');
  const q = g.input('q', 'float32', ['queries', columns]);
  const x = g.input('x', 'float32', ['rows', columns]);
  const bias = g.input('bias', 'float32', ['rows']);
  best(g, g.op('Gemm', [q, x, bias], { transB: 1 }));
  return g.finish();
}

/** The end of a graph of scores [queries × rows]: the best k of each row. */
export function best(g: GraphBuilder, scores: string): void {
  const k = g.input('k', 'int64', [1]);
  const [values, indices] = g.node('TopK', [scores, k], { axis: 1, largest: 1, sorted: 1 }, { outputs: 2 });
  g.node('Identity', [values], {}, { outputs: ['scores'] });
  g.node('Cast', [indices], { to: 6 }, { outputs: ['indices'] });
  g.output('scores', 'float32', ['queries', 'k']);
  g.output('indices', 'int32', ['queries', 'k']);
}

export interface Best {
  /** [queries × wanted], best first. */
  readonly indices: Int32Array;
  readonly scores: Float32Array;
}

/** Scores of blocks of queries against the same rows. */
export async function openScores(rows: Matrix, biases: Float32Array, threads: number) {
  const ort = await onnxRuntime();
  const session: InferenceSession = await openSession(scoreGraph(rows.columns), { threads });
  const x = new ort.Tensor('float32', rows.data, [rows.rows, rows.columns]);
  const bias = new ort.Tensor('float32', biases, [rows.rows]);
  return {
    /** The `wanted` best rows for each of the queries from … to. */
    async best(queries: Matrix, from: number, to: number, wanted: number): Promise<Best> {
      const d = queries.columns;
      const result = await session.run({
        q: new ort.Tensor('float32', queries.data.subarray(from * d, to * d), [to - from, d]),
        x,
        bias,
        k: new ort.Tensor('int64', BigInt64Array.of(BigInt(wanted)), [1]),
      });
      return { indices: result.indices.data as Int32Array, scores: result.scores.data as Float32Array };
    },
    close: () => session.release(),
  };
}
