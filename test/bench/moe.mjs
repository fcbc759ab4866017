/**
 * A model of OLMoE-1B-7B's size with random weights: conversion, loading, embedding, against its bare kernels and against transformers.
 * Only when named (`npm run bench -- --only moe --layers 16 --folder DIR`): at its full 16 layers it writes 14 GB of checkpoint and
 * 11 GB of converted weights into the folder (kept for the next time) and takes half an hour the first time. `--layers 1` says
 * nearly the same in two minutes. Each measurement is a process of its own (moe-stage.mjs), so that its memory is its own.
 */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from './environment.mjs';
import { Peer } from './peer.mjs';

export const name = 'moe';

/** Tokens of a text, and of how many a measurement consists; the library's own batches of models of this size. */
const [width, batch] = [256, 4096];
const batches = { int4: 4096, int8: 2048 };
/** Transformers has it in bf16 this many layers deep; the difference to one layer, over three, is what a layer costs. */
const peerLayers = 4;

const script = (file) => fileURLToPath(new URL(file, import.meta.url));

async function stage(...args) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [script('moe-stage.mjs'), ...args.map(String)],
    {
      maxBuffer: 1 << 26,
    },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Rows { what, rows, seconds, peer, peerSeconds, ratio, share, limit, note }; seconds are for `rows` tokens. */
export async function run({
  python = null,
  repeats = 3,
  threads,
  layers = 16,
  folder = path.join(tmpdir(), 'moetopic-bench-moe'),
  say = () => undefined,
}) {
  const home = path.join(folder, `olmoe-${layers}`);
  const checkpoint = path.join(home, 'checkpoint');
  if (!existsSync(path.join(checkpoint, 'tokenizer_config.json'))) {
    say(`moe: writing a checkpoint of ${layers} layers`);
    execFileSync(process.execPath, [script('make-olmoe-7b.mjs'), checkpoint, String(layers)], {
      stdio: 'ignore',
    });
  }
  const rows = [];
  for (const precision of ['int4', 'int8']) {
    const model = path.join(home, precision);
    const kept = path.join(home, `${precision}-conversion.json`);
    if (!existsSync(path.join(model, 'moetopic.json'))) {
      say(`moe: converting to ${precision}`);
      writeFileSync(kept, JSON.stringify(await stage('convert', checkpoint, model, precision)));
    }
    const { seconds, peak } = JSON.parse(readFileSync(kept, 'utf8'));
    rows.push({
      what: `conversion to ${precision}, peak memory as a share of 1.5 GB`,
      rows: layers,
      note: `${layers} layers, ${(peak / 1e9).toFixed(2)} GB, ${seconds.toFixed(0)} s`,
      share: peak / 1.5e9,
      limit: 1,
    });
  }
  if (repeats === 0) return rows;
  const peer = python === null ? null : new Peer(python, 'moe.py');
  try {
    // Turn by turn, so that other work on the machine meets them all alike.
    const times = { int4: [], int8: [], kernels4: [], kernels8: [], bf16: [] };
    const last = {};
    for (let turn = 0; turn < repeats; turn++) {
      for (const precision of ['int4', 'int8']) {
        const model = path.join(home, precision);
        last[precision] = await stage('embed', model, threads, width, batch);
        times[precision].push(last[precision].seconds / last[precision].tokens);
        const kernels = await stage('kernels', precision, threads, width, batches[precision]);
        times[`kernels${precision.at(-1)}`].push((layers * kernels.seconds) / kernels.tokens);
      }
      const theirs = await peer?.ask({ threads, width, tokens: batch, layers: peerLayers });
      if (theirs) times.bf16.push((layers * theirs.perLayer) / batch);
      const speeds = Object.entries(times).filter(([, t]) => t.length > 0);
      say(
        `moe, turn ${turn + 1}, tokens/s: ${speeds.map(([n, t]) => `${n} ${(1 / t.at(-1)).toFixed(0)}`).join(', ')}`,
      );
    }
    const against = (what, ours, theirs, limit, peerName, note) => {
      const seconds = median(times[ours]) * batch;
      const ratio = median(times[ours].map((t, i) => t / times[theirs][i]));
      const speed = `${(1 / median(times[ours])).toFixed(0)} tokens/s against ${(1 / median(times[theirs])).toFixed(0)}`;
      return {
        what: `${layers} layers of OLMoE-7B's size, ${what}`,
        rows: batch,
        note: [speed, note].filter(Boolean).join('; '),
        seconds,
        peer: peerName,
        peerSeconds: median(times[theirs]) * batch,
        ratio,
        limit,
      };
    };
    const inShares = (tokens) => `batches of ${tokens} tokens; at least 60 % of the kernels' speed`;
    rows.push(
      against(
        'int4',
        'int4',
        'kernels4',
        1 / 0.6,
        'its bare kernels (QMoE, MatMulNBits, attention)',
        inShares(batches.int4),
      ),
      against(
        'int8',
        'int8',
        'kernels8',
        1 / 0.6,
        'its bare kernels (MatMulIntegerToFloat, attention)',
        inShares(batches.int8),
      ),
      against('int8', 'int8', 'int4', 1 / 3, 'our int4 (QMoE)', 'at least three times as fast'),
    );
    if (peer)
      rows.push(
        against(
          'int8',
          'int8',
          'bf16',
          1,
          'transformers, bf16',
          `theirs by ${peerLayers} layers and by one, extrapolated`,
        ),
        against('int4', 'int4', 'bf16', 1, 'transformers, bf16', 'no limit is asked here, for comparison'),
      );
    // Of a few layers' weights the activations would be the larger part.
    for (const precision of layers < 8 ? [] : ['int4', 'int8']) {
      const bytes = statSync(path.join(home, precision, 'model.onnx.data')).size;
      const { load, resident } = last[precision];
      rows.push(
        {
          what: `${precision}: resident memory after embedding, share of the weight file`,
          rows: batch,
          note: `${(resident / 1e9).toFixed(2)} of ${(bytes / 1e9).toFixed(2)} GB`,
          share: resident / bytes,
          limit: 1.3,
        },
        {
          what: `${precision}: opening the model`,
          rows: layers,
          seconds: load,
          peer: 'what was asked for',
          peerSeconds: 5,
          ratio: load / 5,
          limit: 1,
        },
      );
    }
    return rows;
  } finally {
    peer?.close();
  }
}
