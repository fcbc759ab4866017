import type { Family } from '../family.ts';

/** Every kind of model that MoETopic reads. A new family is one file beside this one and a line here. */
export const families: readonly Family[] = Object.freeze([]);
