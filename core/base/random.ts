/**
 * A counter-based generator (a 32-bit mixing of seed and counter; the finaliser is that of MurmurHash3, public domain).
 * `at(i)` depends on the seed and i alone, so threads can draw without sharing state and still agree with one thread.
 */
export class Random {
  private counter = 0;

  constructor(readonly seed: number) {}

  /** A uniform 32-bit unsigned integer for a counter. */
  at(counter: number): number {
    return mix(Math.imul(counter | 0, 0x9e3779b1) ^ mix(this.seed | 0));
  }

  /** The next uniform number in [0, 1). */
  next(): number {
    return this.at(this.counter++) / 4294967296;
  }

  /** The next uniform integer in [0, n). */
  integer(n: number): number {
    return Math.floor(this.next() * n);
  }

  /** The next standard normal number (Box–Muller). */
  normal(): number {
    const u = 1 - this.next();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.next());
  }

  /** A generator of its own for a named purpose, so that one stage's draws don't move another's. */
  fork(purpose: string): Random {
    let h = this.seed | 0;
    for (let i = 0; i < purpose.length; i++) h = mix(Math.imul(h, 31) + purpose.charCodeAt(i));
    return new Random(h);
  }
}

function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
