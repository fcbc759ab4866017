/** The engine's figures by their names, in the order of the list. */
export const figureNames = [
  'bars',
  'sizes',
  'hierarchy',
  'similarity',
  'distance',
  'over-time',
  'per-class',
  'contingency',
  'term-rank',
  'expert-topics',
  'experts',
  'condensed-tree',
] as const;
export type FigureName = (typeof figureNames)[number];
