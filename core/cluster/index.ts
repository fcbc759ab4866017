export { clusterParams, type ClusterParams } from './params.ts';
export { hdbscan } from './hdbscan.ts';
