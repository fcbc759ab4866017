import { ProtoWriter } from './protobuf.ts';

/** ONNX element types (onnx.proto, TensorProto.DataType) that MoETopic writes. */
export const elementTypes = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
} as const;
export type ElementType = keyof typeof elementTypes;

/** A dimension: a number, or the name of one that is known only when it runs. */
export type Dimension = number | string;

export type AttributeValue =
  number | bigint | string | readonly number[] | { float: number } | { floats: readonly number[] };

/** Where a tensor's bytes lie in the external data file beside the model. */
export interface ExternalData {
  location: string;
  offset: number;
  length: number;
}

/**
 * Writes an ONNX model node by node. Values are named by strings; `node` returns its outputs' names.
 * Integer attributes are plain numbers; floats are written `{ float: x }` because 1 and 1.0 are different types in ONNX.
 */
export class GraphBuilder {
  private readonly nodes: ((w: ProtoWriter) => void)[] = [];
  private readonly initializers: ((w: ProtoWriter) => void)[] = [];
  private readonly inputs: ((w: ProtoWriter) => void)[] = [];
  private readonly outputs: ((w: ProtoWriter) => void)[] = [];
  private readonly constants = new Map<string, string>();
  private readonly domains = new Set<string>(['']);
  /** Each operator used, as `domain:type`, for checks against a provider's list. */
  readonly operators = new Set<string>();
  private count = 0;

  constructor(
    readonly name: string,
    private readonly opset = 21,
  ) {}

  input(name: string, type: ElementType, shape: readonly Dimension[]): string {
    this.inputs.push((w) => valueInfo(w, name, type, shape));
    return name;
  }

  output(name: string, type: ElementType, shape: readonly Dimension[]): void {
    this.outputs.push((w) => valueInfo(w, name, type, shape));
  }

  /** A weight whose bytes are in the model file. */
  tensor(name: string, type: ElementType, shape: readonly number[], data: ArrayBufferView): string {
    this.initializers.push((w) => {
      header(w, name, type, shape);
      w.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    });
    return name;
  }

  /** A weight whose bytes are in a file beside the model, memory-mapped when the model is loaded by path. */
  external(name: string, type: ElementType, shape: readonly number[], at: ExternalData): string {
    this.initializers.push((w) => {
      header(w, name, type, shape);
      for (const [key, value] of Object.entries(at))
        w.message(13, (entry) => entry.text(1, key).text(2, String(value)));
      w.varint(14, 1);
    });
    return name;
  }

  /** Small int64 constants (shapes, axes), shared by value. A scalar when given a bare number. */
  int64(value: number | readonly number[]): string {
    const shape = typeof value === 'number' ? [] : [value.length];
    return this.constant('int64', shape, BigInt64Array.from([value].flat().map(BigInt)));
  }

  /** Small float32 constants, shared by value. A scalar when given a bare number. */
  float32(value: number | readonly number[]): string {
    const shape = typeof value === 'number' ? [] : [value.length];
    return this.constant('float32', shape, Float32Array.from([value].flat()));
  }

  constant(type: ElementType, shape: readonly number[], data: ArrayBufferView): string {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const key = `${type}[${shape.join()}]${bytes.toString('base64')}`;
    let name = this.constants.get(key);
    if (name === undefined) {
      name = `constant_${this.constants.size}`;
      this.constants.set(key, name);
      this.tensor(name, type, shape, data);
    }
    return name;
  }

  /**
   * Adds a node with `outputs` outputs (names, or how many). An omitted optional input is the empty string.
   * @returns the outputs' names
   */
  node(
    type: string,
    inputs: readonly string[],
    attributes: Record<string, AttributeValue> = {},
    options: { domain?: string; outputs?: number | readonly string[] } = {},
  ): string[] {
    const domain = options.domain ?? '';
    const wanted = options.outputs ?? 1;
    const id = this.count++;
    const names =
      typeof wanted === 'number'
        ? Array.from({ length: wanted }, (_, i) => `${type}_${id}${wanted > 1 ? `_${i}` : ''}`)
        : [...wanted];
    this.domains.add(domain);
    this.operators.add(`${domain}:${type}`);
    this.nodes.push((w) => {
      for (const input of inputs) w.text(1, input);
      for (const output of names) w.text(2, output);
      w.text(3, `${type}_${id}`).text(4, type);
      for (const [key, value] of Object.entries(attributes)) w.message(5, (a) => attribute(a, key, value));
      if (domain) w.text(7, domain);
    });
    return names;
  }

  /** A node with one output: its name. */
  op(type: string, inputs: readonly string[], attributes: Record<string, AttributeValue> = {}): string {
    return this.node(type, inputs, attributes)[0];
  }

  /** A node with one output of ONNX Runtime's own operators (domain com.microsoft). */
  ms(type: string, inputs: readonly string[], attributes: Record<string, AttributeValue> = {}): string {
    return this.node(type, inputs, attributes, { domain: 'com.microsoft' })[0];
  }

  /** The model as bytes of an ONNX ModelProto (IR version 10). */
  finish(): Uint8Array {
    const model = new ProtoWriter();
    model.varint(1, 10).text(2, 'moetopic');
    model.message(7, (g) => {
      for (const n of this.nodes) g.message(1, n);
      g.text(2, this.name);
      for (const i of this.initializers) g.message(5, i);
      for (const i of this.inputs) g.message(11, i);
      for (const o of this.outputs) g.message(12, o);
    });
    for (const domain of this.domains)
      model.message(8, (o) => o.text(1, domain).varint(2, domain === '' ? this.opset : 1));
    return model.finish();
  }
}

function header(w: ProtoWriter, name: string, type: ElementType, shape: readonly number[]): void {
  for (const d of shape) w.varint(1, d);
  w.varint(2, elementTypes[type]).text(8, name);
}

function valueInfo(w: ProtoWriter, name: string, type: ElementType, shape: readonly Dimension[]): void {
  w.text(1, name).message(2, (t) =>
    t.message(1, (tensor) =>
      tensor.varint(1, elementTypes[type]).message(2, (s) => {
        for (const d of shape)
          s.message(1, (dim) => (typeof d === 'number' ? dim.varint(1, d) : dim.text(2, d)));
      }),
    ),
  );
}

/** AttributeProto: the type tags are FLOAT 1, INT 2, STRING 3, FLOATS 6, INTS 7. */
function attribute(w: ProtoWriter, name: string, value: AttributeValue): void {
  w.text(1, name);
  if (typeof value === 'number' || typeof value === 'bigint') w.varint(3, value).varint(20, 2);
  else if (typeof value === 'string') w.text(4, value).varint(20, 3);
  else if ('float' in value) w.float(2, value.float).varint(20, 1);
  else if ('floats' in value) {
    for (const v of value.floats) w.float(7, v);
    w.varint(20, 6);
  } else {
    for (const v of value) w.varint(8, v);
    w.varint(20, 7);
  }
}
