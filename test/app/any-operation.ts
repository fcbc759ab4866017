import fc from 'fast-check';

export type Operation = Record<string, unknown> & { type: string };

const topic = fc.nat(6);
const rows = fc.uniqueArray(fc.nat(39), { minLength: 1, maxLength: 5 });

/** Every kind of operation there is, without its type; some are refused at the moment when they come. */
export const everyKind: Record<string, fc.Arbitrary<Record<string, unknown>>> = {
  merge: fc.record({ topics: fc.uniqueArray(topic, { minLength: 2, maxLength: 3 }) }),
  'merge-groups': fc.record({
    groups: fc.constantFrom(
      [[0, 1]],
      [[0], [1, 2]],
      [
        [0, 1],
        [2, 3],
      ],
    ),
  }),
  reduce: fc.record({ to: fc.constantFrom(1, 2, 'auto'), by: fc.constantFrom('ctfidf', 'embedding') }),
  'merge-similar': fc.record({
    threshold: fc.constantFrom(-1, 0.2, 0.8),
    by: fc.constantFrom('ctfidf', 'embedding'),
  }),
  split: fc.record({ topic, params: fc.constantFrom({}, { minTopicSize: 3 }) }),
  delete: fc.record({ topics: fc.uniqueArray(topic, { minLength: 1, maxLength: 2 }) }),
  move: fc.record({ rows, topic: fc.integer({ min: -1, max: 6 }) }),
  rename: fc.record({ topic, name: fc.constantFrom('A name', '') }),
  names: fc.record({ names: fc.constantFrom({ 0: 'Zero' }, { 1: 'One', 2: 'Two' }), by: fc.constant('m') }),
  pin: fc.record({ topic, keywords: fc.subarray(['moon', 'ship', 'tide']) }),
  'stop-words': fc.record({ add: fc.subarray(['moon', 'ship']), remove: fc.subarray(['the', 'moon']) }),
  thesaurus: fc.record({ entries: fc.constantFrom({ ship: 'boat' }, { ship: '' }, { moon: 'planet' }) }),
  ngrams: fc.record({ range: fc.constantFrom('1-1', '1-2', '1-3', '2-2') }),
  outliers: fc.record({
    strategy: fc.constantFrom('membership', 'embedding', 'ctfidf', 'distribution'),
    threshold: fc.constantFrom(0, 0.1),
  }),
  recluster: fc.record({ minTopicSize: fc.constantFrom(2, 3, 5) }),
  'restore-outliers': fc.record({ rows: fc.option(rows) }),
};

export const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  ...Object.entries(everyKind).map(([type, rest]) => rest.map((more): Operation => ({ type, ...more }))),
);

/** Every kind once, in an order in which a project of six topics and two outliers refuses none. */
export const oneOfEach: readonly Operation[] = [
  { type: 'rename', topic: 0, name: 'A name' },
  { type: 'names', names: { 1: 'One' }, by: 'm' },
  { type: 'pin', topic: 1, keywords: ['moon', 'ship'] },
  { type: 'stop-words', add: ['mast'], remove: ['the'] },
  { type: 'thesaurus', entries: { ship: 'boat' } },
  { type: 'ngrams', range: '1-3' },
  { type: 'move', rows: [0, 1, 2, 30], topic: -1 },
  { type: 'outliers', strategy: 'ctfidf', threshold: 0 },
  { type: 'restore-outliers', rows: [0, 30] },
  { type: 'delete', topics: [5] },
  { type: 'split', topic: 1, params: { minTopicSize: 2 } },
  { type: 'merge', topics: [2, 3] },
  { type: 'merge-groups', groups: [[0, 4]] },
  { type: 'reduce', to: 2, by: 'embedding' },
  { type: 'merge-similar', threshold: -1, by: 'ctfidf' },
  { type: 'recluster', minTopicSize: 2 },
];
