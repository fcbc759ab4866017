// The minimum spanning tree of the mutual reachability distance max(core a, core b, d(a, b)) by dual-tree Borůvka (March, Ram, Gray 2010),
// step for step as hdbscan's KDTreeBoruvkaAlgorithm. All distances are squared until an edge is written.
import {
  field, setField, pointer, int, setInt, double, setDouble, loosely, fourDistances, exactDistance, fourToBox, boxDistances,
  ROWS, COLUMNS, NODES, FIRST_LEAF, PAD, NEIGHBOURS, COMPONENT_COUNT, EDGE_COUNT, DEPTH, APPROXIMATE, ORDER, START, BOXES, RADIUS,
  LEAVES, NEAR, NEAR_SQUARED, CORE, BOUNDS, POINT_COMPONENT, NODE_COMPONENT, CANDIDATE_FROM, CANDIDATE_TO, CANDIDATE, PARENT, RANK,
  COMPONENTS, EDGE_FROM, EDGE_TO, EDGE_LENGTH, STACK, SCRATCH,
} from './header';

const NONE: f64 = f64.MAX_VALUE;

/** Starts with every point alone and joins points to neighbours that are already known: most edges of the first round. */
export function startBoruvka(): void {
  const n = field(ROWS);
  const k = field(NEIGHBOURS);
  const core = pointer(CORE);
  const near = pointer(NEAR);
  for (let p = 0; p < n; p++) {
    // Through the root and back, as the reference does: equal distances must stay equal in the last bit.
    const distance = sqrt(load<f64>(pointer(NEAR_SQUARED) + (<usize>p * <usize>k + <usize>(k - 1)) * 8));
    setDouble(core, p, distance * distance);
    setInt(pointer(POINT_COMPONENT), p, p);
    setInt(pointer(PARENT), p, p);
    store<u8>(pointer(RANK) + <usize>p, 0);
    // The reference goes through components by the points' original numbers.
    setInt(pointer(COMPONENTS), int(pointer(ORDER), p), p);
    setInt(pointer(CANDIDATE_FROM), p, -1);
    setInt(pointer(CANDIDATE_TO), p, -1);
    setDouble(pointer(CANDIDATE), p, NONE);
  }
  for (let node = 0; node < field(NODES); node++) setInt(pointer(NODE_COMPONENT), node, -(node + 1));
  setField(COMPONENT_COUNT, n);
  setField(EDGE_COUNT, 0);
  setField(DEPTH, 0);
  for (let p = 0; p < n; p++) {
    const own = double(core, p);
    const list = near + <usize>p * <usize>k * 4;
    for (let i = 0; i < k; i++) {
      const q = int(list, i);
      if (q == p || double(core, q) > own) continue;
      setInt(pointer(CANDIDATE_FROM), p, p);
      setInt(pointer(CANDIDATE_TO), p, q);
      setDouble(pointer(CANDIDATE), p, own);
      break;
    }
  }
  update();
  clearBounds();
}

/** Works for about `steps` visits of node pairs; returns the number of components left, 1 when the tree is whole. */
export function advanceBoruvka(steps: i32): i32 {
  while (steps > 0 && field(COMPONENT_COUNT) > 1) {
    if (field(DEPTH) == 0) {
      store<i32>(pointer(STACK), 0);
      store<i32>(pointer(STACK), 0, 4);
      store<f64>(pointer(STACK), 0, 8);
      setField(DEPTH, 1);
    }
    steps = traverse(steps);
    if (field(DEPTH) > 0) break;
    const before = field(COMPONENT_COUNT);
    update();
    // Kept bounds are too tight for some components; without any progress they must be given up.
    if (field(APPROXIMATE) == 0 || field(COMPONENT_COUNT) == before) clearBounds();
  }
  return field(COMPONENT_COUNT);
}

function clearBounds(): void {
  for (let node = 0; node < field(NODES); node++) setDouble(pointer(BOUNDS), node, NONE);
}

function find(x: i32): i32 {
  const parent = pointer(PARENT);
  let up = int(parent, x);
  while (up != x) {
    const above = int(parent, up);
    setInt(parent, x, above);
    x = above;
    up = int(parent, x);
  }
  return x;
}

function join(a: i32, b: i32): void {
  const parent = pointer(PARENT);
  const rank = pointer(RANK);
  const ra = load<u8>(rank + <usize>a);
  const rb = load<u8>(rank + <usize>b);
  if (ra < rb) setInt(parent, a, b);
  else {
    setInt(parent, b, a);
    if (ra == rb) store<u8>(rank + <usize>a, ra + 1);
  }
}

/** Adds each component's best edge and works out which points and nodes belong together now. */
function update(): void {
  const components = pointer(COMPONENTS);
  const from = pointer(CANDIDATE_FROM);
  const to = pointer(CANDIDATE_TO);
  const candidate = pointer(CANDIDATE);
  const count = field(COMPONENT_COUNT);
  let edges = field(EDGE_COUNT);
  for (let i = 0; i < count; i++) {
    const c = int(components, i);
    const p = int(from, c);
    const q = int(to, c);
    if (p == -1 || q == -1) continue;
    const a = find(p);
    const b = find(q);
    if (a == b) {
      setInt(from, c, -1);
      setInt(to, c, -1);
    } else {
      setInt(pointer(EDGE_FROM), edges, p);
      setInt(pointer(EDGE_TO), edges, q);
      setDouble(pointer(EDGE_LENGTH), edges, sqrt(double(candidate, c)));
      edges++;
      join(a, b);
    }
    setDouble(candidate, c, NONE);
  }
  setField(EDGE_COUNT, edges);
  let left = 0;
  for (let i = 0; i < count; i++) {
    const c = int(components, i);
    if (int(pointer(PARENT), c) == c) setInt(components, left++, c);
  }
  setField(COMPONENT_COUNT, left);
  const ofPoint = pointer(POINT_COMPONENT);
  const ofNode = pointer(NODE_COMPONENT);
  for (let p = 0; p < field(ROWS); p++) setInt(ofPoint, p, find(p));
  const nodes = field(NODES);
  for (let node = nodes - 1; node >= 0; node--) {
    const child = 2 * node + 1;
    if (child < nodes) {
      const component = int(ofNode, child);
      if (component == int(ofNode, child + 1)) setInt(ofNode, node, component);
      continue;
    }
    let p = int(pointer(START), 2 * node);
    const end = int(pointer(START), 2 * node + 1);
    const component = int(ofPoint, p);
    while (p < end && int(ofPoint, p) == component) p++;
    if (p == end) setInt(ofNode, node, component);
  }
}

/** Visits pairs of nodes, nearest first, until the stack is empty or the steps are used up; returns the steps left. */
function traverse(steps: i32): i32 {
  const columns = field(COLUMNS);
  const nodes = field(NODES);
  const boxes = pointer(BOXES);
  const boxBytes = <usize>columns * 8;
  const bounds = pointer(BOUNDS);
  const ofNode = pointer(NODE_COMPONENT);
  const radius = pointer(RADIUS);
  const stack = pointer(STACK);
  let depth = field(DEPTH);
  while (depth > 0 && steps > 0) {
    steps--;
    depth--;
    const at = stack + (<usize>depth << 4);
    const a = load<i32>(at);
    const b = load<i32>(at, 4);
    if (!(load<f64>(at, 8) < double(bounds, a))) continue;
    const component = int(ofNode, a);
    if (component >= 0 && component == int(ofNode, b)) continue;
    const leafA = 2 * a + 1 >= nodes;
    const leafB = 2 * b + 1 >= nodes;
    if (leafA && leafB) {
      compareLeaves(a, b);
      continue;
    }
    const splitB = leafA || (!leafB && double(radius, b) > double(radius, a));
    const left = 2 * (splitB ? b : a) + 1;
    const other = boxes + <usize>(splitB ? a : b) * boxBytes;
    const d = boxDistances(other, boxes + <usize>left * boxBytes, boxBytes);
    const dl = f64x2.extract_lane(d, 0);
    const dr = f64x2.extract_lane(d, 1);
    // What is pushed last is visited first: the left child only where it is nearer.
    const leftFirst = i32(dl < dr);
    const farther = left + leftFirst;
    const nearer = left + 1 - leftFirst;
    store<i32>(at, splitB ? a : farther);
    store<i32>(at, splitB ? farther : b, 4);
    store<f64>(at, leftFirst ? dr : dl, 8);
    store<i32>(at, splitB ? a : nearer, 16);
    store<i32>(at, splitB ? nearer : b, 20);
    store<f64>(at, leftFirst ? dl : dr, 24);
    depth += 2;
  }
  setField(DEPTH, depth);
  return steps;
}

function compareLeaves(a: i32, b: i32): void {
  const columns = field(COLUMNS);
  const stride = <usize>field(PAD) * 4;
  const leafBytes = <usize>columns * stride;
  const pointsA = pointer(LEAVES) + <usize>(a - field(FIRST_LEAF)) * leafBytes;
  const pointsB = pointer(LEAVES) + <usize>(b - field(FIRST_LEAF)) * leafBytes;
  const box = pointer(BOXES) + <usize>(b * columns) * 8;
  const first = int(pointer(START), 2 * a);
  const last = int(pointer(START), 2 * a + 1);
  const firstB = int(pointer(START), 2 * b);
  const countB = int(pointer(START), 2 * b + 1) - firstB;
  const ofPoint = pointer(POINT_COMPONENT);
  const ofB = int(pointer(NODE_COMPONENT), b);
  const core = pointer(CORE);
  const candidate = pointer(CANDIDATE);
  const toBox = pointer(SCRATCH);
  for (let i = 0; i < last - first; i += 4)
    v128.store(toBox + <usize>i * 4, fourToBox(pointsA + <usize>i * 4, stride, box, columns));
  let most: f64 = 0;
  let least: f64 = NONE;
  for (let p = first; p < last; p++) {
    const component = int(ofPoint, p);
    const ownCore = double(core, p);
    let best = double(candidate, component);
    if (ownCore > best) continue;
    const point = pointsA + <usize>(p - first) * 4;
    if (component != ofB && load<f32>(toBox + <usize>(p - first) * 4) <= loosely(min(best, <f64>f32.MAX_VALUE), columns)) {
      let limit = f32x4.splat(loosely(min(best, <f64>f32.MAX_VALUE), columns));
      for (let v = 0; v < countB; v += 4) {
        const others = pointsB + <usize>v * 4;
        let lanes = i32x4.bitmask(f32x4.le(fourDistances(point, others, stride, columns), limit));
        if (lanes == 0) continue;
        const before = best;
        while (lanes != 0) {
          const lane = ctz(lanes);
          lanes &= lanes - 1;
          const q = firstB + v + lane;
          const otherCore = double(core, q);
          if (otherCore > best || int(ofPoint, q) == component) continue;
          const d = exactDistance(point, others + <usize>lane * 4, stride, columns);
          const reach = max(d, max(ownCore, otherCore));
          if (reach >= best) continue;
          best = reach;
          setDouble(candidate, component, reach);
          setInt(pointer(CANDIDATE_FROM), component, p);
          setInt(pointer(CANDIDATE_TO), component, q);
        }
        if (best < before) limit = f32x4.splat(loosely(min(best, <f64>f32.MAX_VALUE), columns));
      }
    }
    if (best > most) most = best;
    if (best < least) least = best;
  }
  const r = double(pointer(RADIUS), a);
  const bound = min(most, least + 2 * (r * r));
  const bounds = pointer(BOUNDS);
  if (bound >= double(bounds, a)) return;
  setDouble(bounds, a, bound);
  while (a > 0) {
    const up = (a - 1) >> 1;
    const larger = max(double(bounds, 2 * up + 1), double(bounds, 2 * up + 2));
    if (larger >= double(bounds, up)) break;
    setDouble(bounds, up, larger);
    a = up;
  }
}
