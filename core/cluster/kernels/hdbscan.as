export { buildNodes, fillLeaves } from './build';
export { nearest } from './nearest';
export { startBoruvka, advanceBoruvka } from './boruvka';
export { sortEdges } from './sort';
