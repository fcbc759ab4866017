export { metrics, reduceParams, type Metric, type ReduceParams } from './params.ts';
export { whyNeighbours } from './params.ts';
export { openReduction, type OpenReduction, type ReductionExtras } from './open-reduction.ts';
export { reduce } from './reduce.ts';
export { transformRows, type KeptReduction } from './transform.ts';
export { nearestNeighbours } from './nearest.ts';
export { exactNeighbours, type NeighbourSearch } from './exact-neighbours.ts';
export { fuzzyGraph } from './fuzzy-graph.ts';
