export { metrics, reduceParams, type Metric, type ReduceParams } from './params.ts';
export { reduce } from './reduce.ts';
