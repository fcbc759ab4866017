import { onnxRuntime, openSession } from '../onnx/session.ts';
import { missingDriver } from '../onnx/drivers.ts';
import { GraphBuilder } from '../onnx/graph.ts';
import { deviceNames, type DeviceName, type DeviceReport } from './devices.ts';
import { firstLine } from './pooled-model.ts';

/** A product of this size keeps any device busy for some milliseconds. */
const size = 1024;

/**
 * A device has to multiply float32 this much faster than the CPU to be worth it: the CPU's graphs use int8 products, which run 4.8 times
 * as fast as float32 there (measured), and a graphics driver in software is no device at all.
 */
const worthwhile = 4;

/** What a device makes of one small product. */
export interface DeviceTrial extends DeviceReport {
  /** Of one product; null where it doesn't work. */
  readonly seconds: number | null;
}

let tried: Promise<readonly DeviceTrial[]> | null = null;

/** Every device with a small product that it computed, or the reason why not; told once a process. */
export function devicesHere(threads: number): Promise<readonly DeviceTrial[]> {
  return (tried ??= tryDevices(threads));
}

/**
 * The device whose operators a model is converted for: the one that was asked for, or for `auto` the first of cuda, webgpu, dml, coreml that
 * starts here, multiplies as the CPU does and is much faster; else the CPU.
 */
export async function conversionDevice(device: DeviceName | 'auto', threads: number): Promise<DeviceName> {
  if (device !== 'auto') return device;
  const trials = await devicesHere(threads);
  const cpu = trials.find((trial) => trial.device === 'cpu')?.seconds ?? 0;
  const fast = trials.find(
    ({ device: name, seconds }) => name !== 'cpu' && seconds !== null && cpu / seconds >= worthwhile,
  );
  return fast?.device ?? 'cpu';
}

async function tryDevices(threads: number): Promise<DeviceTrial[]> {
  const { listSupportedBackends } = await onnxRuntime();
  const built = new Set(listSupportedBackends().map(({ name }) => name));
  const cpu = await multiply('cpu', threads);
  const trials: DeviceTrial[] = [];
  for (const device of deviceNames) {
    const failed = (why: string): DeviceTrial => ({ device, works: false, why, seconds: null });
    const works = (seconds: number): DeviceTrial => ({
      device,
      works: true,
      why: `It multiplies as the CPU does, ${(cpu.seconds / seconds).toFixed(1)} times as fast.`,
      seconds,
    });
    const missing = missingDriver(device);
    if (device === 'cpu')
      trials.push({ device, works: true, why: 'It is always there.', seconds: cpu.seconds });
    else if (!built.has(device)) trials.push(failed('this build of ONNX Runtime has no such provider'));
    else if (missing !== null) trials.push(failed(missing));
    else
      trials.push(
        await multiply(device, threads).then(
          ({ seconds, values }) =>
            agree(values, cpu.values) ? works(seconds) : failed('it multiplies wrongly'),
          (cause: unknown) => failed(firstLine(cause)),
        ),
      );
  }
  return trials;
}

/** Seconds of a product on a device, the first run (which compiles) aside, and what it gives. */
async function multiply(
  device: DeviceName,
  threads: number,
): Promise<{ seconds: number; values: Float32Array }> {
  const { Tensor } = await onnxRuntime();
  const graph = new GraphBuilder('probe');
  const weights = Float32Array.from({ length: size * size }, (_, i) => ((i * 37) % 101) / 101 - 0.5);
  const x = graph.input('x', 'float32', [size, size]);
  graph.node('MatMul', [x, graph.tensor('w', 'float32', [size, size], weights)], {}, { outputs: ['y'] });
  graph.output('y', 'float32', [size, size]);
  const session = await openSession(graph.finish(), {
    threads,
    executionProviders: [device],
    extra: device === 'cpu' ? {} : { session: { disable_cpu_ep_fallback: '1' } },
  });
  try {
    const feeds = { x: new Tensor('float32', weights, [size, size]) };
    const { y } = await session.run(feeds);
    let best = Infinity;
    for (let i = 0; i < 3; i++) {
      const from = performance.now();
      await session.run(feeds);
      best = Math.min(best, (performance.now() - from) / 1000);
    }
    return { seconds: best, values: y.data as Float32Array };
  } finally {
    await session.release();
  }
}

function agree(a: Float32Array, b: Float32Array): boolean {
  return a.every((value, i) => Math.abs(value - b[i]) <= 0.05 + 0.01 * Math.abs(b[i]));
}
