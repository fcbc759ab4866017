export { convertModel, type ConvertOptions } from './convert.ts';
export { describeModel, type ModelDescription } from './describe.ts';
export { families } from './families/index.ts';
export { openTokenModel, type TokenModel, type TokenStates } from './run.ts';
export type { Device, Precision } from './write/model-writer.ts';
