import type { Family } from '../family.ts';
import { bert } from './bert.ts';
import { bertMoe } from './bert-moe.ts';
import { dbrx } from './dbrx.ts';
import { deepseek, deepseekV2 } from './deepseek.ts';
import { gptOss } from './gpt-oss.ts';
import { graniteMoe } from './granite-moe.ts';
import { jetMoe } from './jetmoe.ts';
import { llamaMoe } from './llama-moe.ts';
import { mixtral } from './mixtral.ts';
import { nomicBertMoe } from './nomic-bert-moe.ts';
import { olmoe } from './olmoe.ts';
import { openMoe } from './openmoe.ts';
import { phiMoe } from './phi-moe.ts';
import { qwen2Moe, qwen3Moe } from './qwen-moe.ts';
import { switchTransformers } from './switch.ts';

/** Every kind of model that MoETopic reads. A new family is one file beside this one and a line here. */
export const families: readonly Family[] = Object.freeze([
  olmoe,
  qwen2Moe,
  qwen3Moe,
  deepseek,
  deepseekV2,
  mixtral,
  llamaMoe,
  switchTransformers,
  openMoe,
  graniteMoe,
  phiMoe,
  gptOss,
  nomicBertMoe,
  jetMoe,
  dbrx,
  bertMoe,
  bert,
]);
