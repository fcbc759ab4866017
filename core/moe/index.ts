export { conversionVersion, convertModel, type ConvertOptions } from './convert.ts';
export { describeHeaders, describeModel, type ModelDescription } from './describe.ts';
export { parseSafetensorsHeader, type ByteSource } from './checkpoint/safetensors.ts';
export { readShardIndex } from './checkpoint/shards.ts';
export { readModelConfig } from './model-config.ts';
export type { StoredTensor } from './checkpoint/types.ts';
export { families } from './families/index.ts';
export { openTokenModel, type TokenModel, type TokenStates } from './run.ts';
export type { Device, Precision } from './write/model-writer.ts';
