export { clusterParams, type ClusterParams } from './params.ts';
export { chooseSizes, type Sizes } from './auto.ts';
export { whySizes } from './why.ts';
export { cluster, clusterers } from './cluster.ts';
export { hdbscanWithModel } from './hdbscan.ts';
export { predictionModel, type PredictionModel } from './prediction-model.ts';
export { approximatePredict, type Predictions } from './predict.ts';
export { membershipVectors, newMembershipVectors } from './membership.ts';
export { validityIndex, type Validity } from './dbcv.ts';
