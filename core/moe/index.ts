export { convertModel, type ConvertOptions } from './convert.ts';
export type { Device, Precision } from './write/model-writer.ts';
