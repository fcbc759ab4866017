import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { Random } from '../../core/base/random.ts';
import { writeSafetensors } from '../../core/embed/safetensors.ts';
import { protobufFields } from '../../core/moe/checkpoint/protobuf-reader.ts';
import { convertModel } from '../../core/moe/index.ts';
import { openTokenModel } from '../../core/moe/run.ts';
import { planeColumns } from '../../core/moe/write/linear-int8.ts';
import { ProtoWriter } from '../../core/onnx/protobuf.ts';
import { openSession } from '../../core/onnx/session.ts';
import { fixtures, withFolder } from './fixtures.ts';

const text = (value: number | Uint8Array): string => new TextDecoder().decode(value as Uint8Array);

/** The outputs of a graph's nodes of some types (onnx.proto: ModelProto.graph 7, GraphProto.node 1, NodeProto.output 2 and op_type 4). */
function outputsOf(model: Uint8Array, types: readonly string[]): string[] {
  const within = (bytes: Uint8Array, number: number): Uint8Array[] =>
    [...protobufFields(bytes, 'graph')].filter((f) => f.number === number).map((f) => f.value as Uint8Array);
  return within(model, 7)
    .flatMap((graph) => within(graph, 1))
    .filter((node) => types.includes(text(within(node, 4)[0])))
    .flatMap((node) => within(node, 2).map(text));
}

test('ONNX Runtime can foresee no rank around integer products, or opening 16 layers would take minutes', () =>
  withFolder(async (folder) => {
    const model = `${folder}/model`;
    await convertModel(
      path.join(fixtures, 'olmoe'),
      model,
      { precision: 'int8', device: 'cpu' },
      quietContext(),
    );
    const graph = await readFile(`${model}/pooled.onnx`);
    const between = ['MatMulIntegerToFloat', 'ReduceMax', 'ReduceMin', 'Neg', 'Max'];
    const names = outputsOf(graph, between);
    // Three layers of eight experts with three products each, and four more a layer; what quantises is about as much again.
    expect(names.length).toBeGreaterThan(3 * (8 * 3 + 4) * 2);
    // Messages one after the other are one message: these values become outputs, of which the runtime tells what it knows.
    const asked = new ProtoWriter().message(7, (g) => {
      for (const name of names)
        g.message(12, (output) =>
          output.text(1, name).message(2, (t) => t.message(1, (f) => f.varint(1, 1))),
        );
    });
    await writeFile(`${model}/asked.onnx`, Buffer.concat([graph, asked.finish()]));
    const session = await openSession(`${model}/asked.onnx`, { threads: 1 });
    const told = new Map(session.outputMetadata.map((o) => [o.name, o.isTensor ? o.shape : []]));
    await session.release();
    // What is known is told: otherwise this test could not fail.
    expect(told.get('pooled_hidden')).toEqual(['batch', 32]);
    expect(names.filter((name) => (told.get(name) ?? ['missing']).length > 0)).toEqual([]);
  }));

test('columns are dealt to planes of equal width', () => {
  expect([24, 256, 512, 640, 1408, 2048].map(planeColumns)).toEqual([24, 256, 256, 160, 176, 256]);
  // 2 × 509 has no divisor that is worth a plane.
  expect(planeColumns(1018)).toBe(1018);
});

test('products in pieces and planes give what the same in float32 gives', () =>
  withFolder(async (folder) => {
    const [hidden, inner, experts, vocabulary] = [512, 640, 4, 431];
    const random = new Random(7);
    const numbers = (size: number, deviation: number): Float32Array =>
      Float32Array.from({ length: size }, () => deviation * random.normal());
    const matrix = (name: string, rows: number, columns: number, deviation = 0.05) => ({
      name: `model.${name}.weight`,
      shape: [rows, columns],
      data: numbers(rows * columns, deviation),
    });
    const norm = (name: string) => ({
      name: `model.${name}.weight`,
      shape: [hidden],
      data: new Float32Array(hidden).fill(1),
    });
    const attention = ['q', 'k', 'v', 'o'].map((p) => matrix(`layers.0.self_attn.${p}_proj`, hidden, hidden));
    await writeSafetensors(`${folder}/model.safetensors`, [
      matrix('embed_tokens', vocabulary, hidden, 0.01),
      norm('layers.0.input_layernorm'),
      ...attention,
      norm('layers.0.self_attn.q_norm'),
      norm('layers.0.self_attn.k_norm'),
      norm('layers.0.post_attention_layernorm'),
      matrix('layers.0.mlp.gate', experts, hidden),
      ...Array.from({ length: experts }, (_, e) => [
        matrix(`layers.0.mlp.experts.${e}.gate_proj`, inner, hidden),
        matrix(`layers.0.mlp.experts.${e}.up_proj`, inner, hidden),
        matrix(`layers.0.mlp.experts.${e}.down_proj`, hidden, inner),
      ]).flat(),
      norm('norm'),
    ]);
    const source = path.join(fixtures, 'olmoe');
    const config = JSON.parse(await readFile(path.join(source, 'config.json'), 'utf8')) as object;
    const own = {
      hidden_size: hidden,
      intermediate_size: inner,
      num_experts: experts,
      num_hidden_layers: 1,
    };
    await writeFile(`${folder}/config.json`, JSON.stringify({ ...config, ...own }));
    for (const name of ['tokenizer.json', 'tokenizer_config.json'])
      await copyFile(path.join(source, name), path.join(folder, name));

    const texts = [3, 17, 40].map((n) => Int32Array.from({ length: n }, (_, i) => (7 * i + n) % vocabulary));
    const states = async (precision: 'fp32' | 'int8'): Promise<Float32Array[]> => {
      const out = `${folder}/${precision}`;
      await convertModel(folder, out, { precision, device: 'cpu' }, quietContext());
      const model = await openTokenModel(out, { threads: 2 });
      const result = await model.run(texts);
      await model.close();
      return result.map((r) => r.hidden.data);
    };
    const [exact, rounded] = [await states('fp32'), await states('int8')];
    exact.forEach((x, i) => {
      const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, v, j) => sum + v * b[j], 0);
      const y = rounded[i];
      expect(dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y))).toBeGreaterThan(0.99);
    });
  }));
