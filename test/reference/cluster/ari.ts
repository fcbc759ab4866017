/** Adjusted Rand index of two labellings (Hubert & Arabie 1985); outliers count as one more cluster. */
export function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const pairs = (n: number): number => (n * (n - 1)) / 2;
  const sum = (counts: Map<string | number, number>): number => {
    let s = 0;
    for (const n of counts.values()) s += pairs(n);
    return s;
  };
  const both = new Map<string, number>();
  const ofA = new Map<number, number>();
  const ofB = new Map<number, number>();
  for (let i = 0; i < a.length; i++) {
    const key = `${a[i]} ${b[i]}`;
    both.set(key, (both.get(key) ?? 0) + 1);
    ofA.set(a[i], (ofA.get(a[i]) ?? 0) + 1);
    ofB.set(b[i], (ofB.get(b[i]) ?? 0) + 1);
  }
  const expected = (sum(ofA) * sum(ofB)) / pairs(a.length);
  const most = (sum(ofA) + sum(ofB)) / 2;
  return most === expected ? 1 : (sum(both) - expected) / (most - expected);
}
