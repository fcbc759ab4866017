export { clusterParams, type ClusterParams } from './params.ts';
export { cluster, clusterers } from './cluster.ts';
