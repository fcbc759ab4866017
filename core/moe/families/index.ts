import type { Family } from '../family.ts';
import { deepseek, deepseekV2 } from './deepseek.ts';
import { gptOss } from './gpt-oss.ts';
import { graniteMoe } from './granite-moe.ts';
import { mixtral } from './mixtral.ts';
import { olmoe } from './olmoe.ts';
import { phiMoe } from './phi-moe.ts';
import { qwen2Moe, qwen3Moe } from './qwen-moe.ts';

/** Every kind of model that MoETopic reads. A new family is one file beside this one and a line here. */
export const families: readonly Family[] = Object.freeze([
  olmoe,
  qwen2Moe,
  qwen3Moe,
  deepseek,
  deepseekV2,
  mixtral,
  graniteMoe,
  phiMoe,
  gptOss,
]);
