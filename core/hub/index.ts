/** The hub room: a model's files on the Hugging Face hub, from their list to a folder. */
export { hubAddress, hubEndpoint, type HubAddress } from './address.ts';
export { listModel, type HubFile, type HubListing } from './listing.ts';
export { chooseFiles, shardFiles, type ChosenFiles } from './choose-files.ts';
export { bytesToFetch, checkDisk, fetchFiles, freeBytes } from './fetch-files.ts';
export { readRange } from './read-range.ts';
