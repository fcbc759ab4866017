import type { Family } from '../family.ts';
import { mixtral } from './mixtral.ts';
import { olmoe } from './olmoe.ts';
import { qwen2Moe, qwen3Moe } from './qwen-moe.ts';

/** Every kind of model that MoETopic reads. A new family is one file beside this one and a line here. */
export const families: readonly Family[] = Object.freeze([olmoe, qwen2Moe, qwen3Moe, mixtral]);
