import { ModelError } from '../base/errors.ts';
import { missingDriver } from '../onnx/drivers.ts';
import { onnxRuntime } from '../onnx/session.ts';
import { type ModelCard } from '../stages.ts';
import { readCard } from './model-folder.ts';
import { firstLine, PooledModel } from './pooled-model.ts';
import { openTokeniser } from './tokenise.ts';

export const deviceNames = ['cuda', 'webgpu', 'dml', 'coreml', 'cpu'] as const;
export type DeviceName = (typeof deviceNames)[number];

/** Whether a device runs a model, and if not, why. */
export interface DeviceReport {
  readonly device: DeviceName;
  readonly works: boolean;
  readonly why: string;
}

const sentences = [
  'The goalkeeper saved a penalty in the last minute.',
  'Interest rates rose again.',
  'How do I install the new graphics driver on this machine?',
];

/** Lowest cosine to the CPU's hidden states at which a device counts as computing the same. */
const sameEnough = 0.995;

interface Tried {
  readonly report: DeviceReport;
  readonly model: PooledModel | null;
}

/**
 * Opens a model where asked, or, for `auto`, on the first device of cuda, webgpu, dml, coreml, cpu that starts and computes
 * the same as the CPU on three sentences; the reasons for skipping others are in `why`.
 * @throws ModelError when the device that was asked for doesn't work.
 */
export async function openOnDevice(
  folder: string,
  card: ModelCard,
  device: DeviceName | 'auto',
  threads: number,
): Promise<{ model: PooledModel; why: string }> {
  if (device === 'cpu')
    return { model: await PooledModel.open(folder, card, 'cpu', threads), why: 'It was asked for.' };
  const skipped: string[] = [];
  for (const name of device === 'auto' ? deviceNames : [device]) {
    if (name === 'cpu') {
      const only = card.devices.every((known) => known === 'cpu');
      const why = only
        ? `${card.name} was converted for the CPU.`
        : `Others were skipped: ${skipped.join('; ')}.`;
      return { model: await PooledModel.open(folder, card, 'cpu', threads), why };
    }
    const { report, model } = await tryDevice(folder, card, name, threads);
    if (model !== null) return { model, why: device === 'auto' ? report.why : 'It was asked for.' };
    skipped.push(`${name}: ${report.why}`);
  }
  throw new ModelError(
    `${card.name} doesn't run on ${device} here (${skipped.join('; ')}); choose --device auto or cpu.`,
  );
}

/** Tries every device with a model: what `doctor` shows. */
export async function probeDevices(folder: string, threads = 2): Promise<DeviceReport[]> {
  const card = await readCard(folder);
  const reports: DeviceReport[] = [];
  for (const device of deviceNames) {
    const { report, model } = await tryDevice(folder, card, device, threads);
    await model?.close();
    reports.push(report);
  }
  return reports;
}

async function tryDevice(
  folder: string,
  card: ModelCard,
  device: DeviceName,
  threads: number,
): Promise<Tried> {
  const failed = (why: string): Tried => ({ report: { device, works: false, why }, model: null });
  if (!card.devices.includes(device))
    return failed(`${card.name} was converted for ${card.devices.join(', ')}`);
  const { listSupportedBackends } = await onnxRuntime();
  if (!listSupportedBackends().some((b) => b.name === device))
    return failed('this build of ONNX Runtime has no such provider');
  const missing = missingDriver(device);
  if (missing !== null) return failed(missing);
  let model: PooledModel | null = null;
  try {
    model = await PooledModel.open(folder, card, device, threads);
    const agreement = await selfTest(folder, card, model, threads);
    if (agreement < sameEnough) {
      await model.close();
      return failed(
        `it computes something else than the CPU (cosine ${agreement.toFixed(4)} on three sentences)`,
      );
    }
    return {
      report: { device, works: true, why: `It works: ${agreement.toFixed(5)} on the self-test.` },
      model,
    };
  } catch (cause) {
    await model?.close().catch(() => undefined);
    return failed(firstLine(cause));
  }
}

/** Smallest cosine between the device's and the CPU's hidden states of three sentences; NaN counts as −1. */
async function selfTest(
  folder: string,
  card: ModelCard,
  model: PooledModel,
  threads: number,
): Promise<number> {
  const tokeniser = await openTokeniser(folder);
  const ids = sentences.map((s) => tokeniser.encode(s, Math.min(card.maxTokens, 64)).ids);
  const here = await model.run(ids, card.pooling, 'probabilities');
  if (model.device === 'cpu') return here.hidden.every(Number.isFinite) ? 1 : -1;
  const cpu = await PooledModel.open(folder, card, 'cpu', threads);
  try {
    const there = await cpu.run(ids, card.pooling, 'probabilities');
    const h = card.hiddenSize;
    return Math.min(
      ...ids.map((_, i) =>
        cosine(here.hidden.subarray(i * h, (i + 1) * h), there.hidden.subarray(i * h, (i + 1) * h)),
      ),
    );
  } finally {
    await cpu.close();
  }
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  const value = ab / Math.sqrt(aa * bb);
  return Number.isFinite(value) ? value : -1;
}
