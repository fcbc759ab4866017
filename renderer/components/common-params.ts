/** The settings that most people change: the rest waits behind "all settings". */
export const common: ReadonlySet<string> = new Set([
  'model',
  'embedding',
  'device',
  'sample',
  'minTopicSize',
  'language',
  'seed',
]);
