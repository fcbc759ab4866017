import { ModelError } from '../../base/errors.ts';

/** A name that a pickle asked for (module and attribute). It is never looked up, only compared with what is allowed. */
export class Global {
  constructor(
    readonly module: string,
    readonly name: string,
  ) {}
  toString(): string {
    return `${this.module}.${this.name}`;
  }
}

/** What a pickle may ask to be made: given the global's name and its arguments. Throws for everything not allowed. */
export interface PickleWorld {
  call(callee: Global, args: readonly unknown[]): unknown;
  persistent(id: unknown): unknown;
}

const mark = Symbol('mark');

/**
 * Runs the few pickle opcodes (protocols 2 to 5) that torch.save's pickles of tensors consist of
 * (CPython Lib/pickletools.py describes them). Nothing is imported and nothing called but `world`.
 * @returns the pickled object: Map for dict, array for list and tuple.
 * @throws ModelError for any other opcode.
 */
export function runPickle(bytes: Buffer, file: string, world: PickleWorld): unknown {
  const stack: unknown[] = [];
  const memo = new Map<number, unknown>();
  let at = 0;
  const fail = (why: string): ModelError =>
    new ModelError(
      `${file} was refused: its pickle ${why}; only tensors may be in it. Save the model as safetensors if you trust it.`,
    );
  const need = (n: number): number => {
    if (at + n > bytes.length) throw fail('is cut short');
    at += n;
    return at - n;
  };
  const pop = (): unknown => {
    if (stack.length === 0 || stack.at(-1) === mark) throw fail('is damaged');
    return stack.pop();
  };
  const popMark = (): unknown[] => {
    const from = stack.lastIndexOf(mark);
    if (from < 0) throw fail('is damaged');
    const items = stack.splice(from + 1);
    stack.pop();
    return items;
  };
  const line = (): string => {
    const end = bytes.indexOf(10, at);
    if (end < 0) throw fail('is cut short');
    const text = bytes.toString('utf8', at, end);
    at = end + 1;
    return text;
  };
  const text = (length: number): string => {
    const from = need(length);
    return bytes.toString('utf8', from, from + length);
  };
  const recall = (key: number): unknown => {
    if (!memo.has(key)) throw fail('is damaged');
    return memo.get(key);
  };
  const setItems = (items: readonly unknown[]): void => {
    const target = stack.at(-1);
    if (!(target instanceof Map) || items.length % 2 !== 0) throw fail('is damaged');
    for (let i = 0; i < items.length; i += 2) target.set(items[i], items[i + 1]);
  };
  const append = (items: readonly unknown[]): void => {
    const target = stack.at(-1);
    if (!Array.isArray(target)) throw fail('is damaged');
    for (const item of items) target.push(item);
  };
  const long = (length: number): number => {
    let value = 0n;
    const from = need(length);
    for (let i = 0; i < length; i++) value |= BigInt(bytes[from + i]) << BigInt(8 * i);
    return Number(BigInt.asIntN(8 * length, value));
  };

  for (;;) {
    const opcode = bytes[need(1)];
    switch (String.fromCharCode(opcode)) {
      case '\x80': // PROTO
        need(1);
        break;
      case '\x95': // FRAME
        need(8);
        break;
      case '(':
        stack.push(mark);
        break;
      case '0':
        pop();
        break;
      case '1':
        popMark();
        break;
      case 'N':
        stack.push(null);
        break;
      case '\x88':
        stack.push(true);
        break;
      case '\x89':
        stack.push(false);
        break;
      case 'K':
        stack.push(bytes[need(1)]);
        break;
      case 'M':
        stack.push(bytes.readUInt16LE(need(2)));
        break;
      case 'J':
        stack.push(bytes.readInt32LE(need(4)));
        break;
      case '\x8a':
        stack.push(long(bytes[need(1)]));
        break;
      case 'G':
        stack.push(bytes.readDoubleBE(need(8)));
        break;
      case 'X':
        stack.push(text(bytes.readUInt32LE(need(4))));
        break;
      case '\x8c':
        stack.push(text(bytes[need(1)]));
        break;
      case '}':
        stack.push(new Map());
        break;
      case ']':
        stack.push([]);
        break;
      case ')':
        stack.push([]);
        break;
      case 't':
        stack.push(popMark());
        break;
      case '\x85':
        stack.push([pop()]);
        break;
      case '\x86': {
        const b = pop();
        stack.push([pop(), b]);
        break;
      }
      case '\x87': {
        const c = pop();
        const b = pop();
        stack.push([pop(), b, c]);
        break;
      }
      case 's': {
        const value = pop();
        const key = pop();
        setItems([key, value]);
        break;
      }
      case 'u':
        setItems(popMark());
        break;
      case 'a':
        append([pop()]);
        break;
      case 'e':
        append(popMark());
        break;
      case 'q':
        memo.set(bytes[need(1)], stack.at(-1));
        break;
      case 'r':
        memo.set(bytes.readUInt32LE(need(4)), stack.at(-1));
        break;
      case '\x94':
        memo.set(memo.size, stack.at(-1));
        break;
      case 'h':
        stack.push(recall(bytes[need(1)]));
        break;
      case 'j':
        stack.push(recall(bytes.readUInt32LE(need(4))));
        break;
      case 'c':
        stack.push(new Global(line(), line()));
        break;
      case '\x93': {
        const name = pop();
        const module = pop();
        stack.push(new Global(String(module), String(name)));
        break;
      }
      case 'Q':
        stack.push(world.persistent(pop()));
        break;
      case 'R': {
        const args = pop();
        const callee = pop();
        if (!(callee instanceof Global) || !Array.isArray(args))
          throw fail('calls something that is no function');
        stack.push(world.call(callee, args));
        break;
      }
      case 'b': // BUILD: the attributes of a state dict (its _metadata) are of no use here.
        pop();
        if (!(stack.at(-1) instanceof Map)) throw fail('sets the state of an object');
        break;
      case '.':
        return pop();
      default:
        throw fail(`uses the instruction 0x${opcode.toString(16)}`);
    }
  }
}
