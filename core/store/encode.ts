import { kindOf, type TypedArray } from './arrays.ts';

/**
 * Splits a value of plain objects, JSON scalars and typed arrays into a JSON text and the arrays, which are numbered in
 * the order in which they occur. What JSON can't say is spelled: `{ $array: 3 }`, `{ $number: 'NaN' }`, and an object
 * whose own keys begin with `$` is wrapped as `{ $object: … }`.
 */
export function encode(value: unknown): { json: string; arrays: TypedArray[] } {
  const arrays: TypedArray[] = [];
  const walk = (v: unknown): unknown => {
    if (typeof v === 'number' && (!Number.isFinite(v) || Object.is(v, -0)))
      return { $number: Object.is(v, -0) ? '-0' : String(v) };
    if (typeof v !== 'object' || v === null) return v;
    if (kindOf(v) !== null) return { $array: arrays.push(v as TypedArray) - 1 };
    if (Array.isArray(v)) return v.map((item) => walk(item === undefined ? null : item));
    const out: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(v)) if (item !== undefined) out[key] = walk(item);
    return Object.keys(out).some((key) => key.startsWith('$')) ? { $object: out } : out;
  };
  return { json: JSON.stringify(walk(value) ?? null), arrays };
}

/** The inverse of encode. */
export function decode(json: string, arrays: readonly TypedArray[]): unknown {
  const walk = (v: unknown): unknown => {
    if (typeof v !== 'object' || v === null) return v;
    if (Array.isArray(v)) return v.map(walk);
    const object = v as Record<string, unknown>;
    if (typeof object.$array === 'number') return arrays[object.$array];
    if (typeof object.$number === 'string') return Number(object.$number);
    const inner = (object.$object ?? object) as Record<string, unknown>;
    return Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, walk(item)]));
  };
  return walk(JSON.parse(json));
}
