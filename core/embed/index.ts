export { embedParams, type EmbedParams } from './params.ts';
export { embed, embedOne, embedWords, type EmbedRecipe } from './embed.ts';
export { releaseModels } from './open-model.ts';
export { findModelFolder, readCard } from './model-folder.ts';
export { deviceNames, type DeviceName, type DeviceReport, probeDevices } from './devices.ts';
export { openTokeniser, type TextTokeniser } from './tokenise.ts';
export { combine, type CombineRecipe } from './combine.ts';
