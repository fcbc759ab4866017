/** Union by rank, with path halving in find; the root that survives a union of equal ranks is the first one's. */
export class DisjointSet {
  readonly parent: Int32Array;
  private readonly rank: Uint8Array;

  constructor(size: number) {
    this.parent = new Int32Array(size);
    for (let i = 0; i < size; i++) this.parent[i] = i;
    this.rank = new Uint8Array(size);
  }

  find(x: number): number {
    const parent = this.parent;
    let up = parent[x];
    while (up !== x) {
      const above = parent[up];
      parent[x] = above;
      x = above;
      up = parent[x];
    }
    return x;
  }

  /** Joins two roots. */
  union(a: number, b: number): void {
    if (a === b) return;
    if (this.rank[a] < this.rank[b]) this.parent[a] = b;
    else {
      this.parent[b] = a;
      if (this.rank[a] === this.rank[b]) this.rank[a]++;
    }
  }
}
