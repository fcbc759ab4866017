import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { InputError, UsageError } from '../../core/base/errors.ts';
import {
  applyOperation,
  assignments,
  countTopics,
  currentState,
  currentTopic,
  describeOperation,
  initialState,
  operationSchema,
  operationTypes,
  perform,
  planOutliers,
  previewOperation,
  redo,
  replay,
  restoreHistory,
  startHistory,
  stateHash,
  undo,
  type TopicState,
  type TopicTools,
} from '../../core/topics/index.ts';
import { world } from './world.ts';

let state: TopicState;
let tools: TopicTools;
beforeAll(async () => {
  ({ state, tools } = await world());
});
const count = (s: TopicState, topic: number): number => countTopics(s.labels).get(topic) ?? 0;
const by = (s: TopicState, d: number): string => assignments[s.assignedBy[d]];

describe('merge', () => {
  it('makes a new topic that remembers its parents', async () => {
    const merged = await applyOperation(state, { type: 'merge', topics: [3, 1] }, tools);
    expect(merged.topics.map((t) => t.id)).toEqual([0, 2, 4]);
    expect(merged.topics[2].parents).toEqual([1, 3]);
    expect(count(merged, 4)).toBe(count(state, 1) + count(state, 3));
    expect(currentTopic(merged, 1)).toBe(4);
    await expect(applyOperation(merged, { type: 'merge', topics: [1, 2] }, tools)).rejects.toThrow(
      'it became 4',
    );
    const more = [
      { type: 'split', topic: 4 },
      { type: 'merge', topics: [2, 5] },
    ];
    await expect(replay(merged, [...more, { type: 'delete', topics: [1] }], tools)).rejects.toThrow(
      'There is no topic 1; it became 6, 7.',
    );
    const gone = [...more, { type: 'delete', topics: [6, 7] }, { type: 'delete', topics: [1] }];
    await expect(replay(merged, gone, tools)).rejects.toThrow('no topic 1; look at the list of topics');
  });
  it('merges the groups of a cut in one step, each topic into one group only', async () => {
    const groups = [[0, 2], [1], [3]];
    const merged = await applyOperation(state, { type: 'merge-groups', groups }, tools);
    expect(merged.topics.map((t) => t.id)).toEqual([1, 3, 4]);
    expect(count(merged, 4)).toBe(count(state, 0) + count(state, 2));
    const twice = {
      type: 'merge-groups',
      groups: [
        [0, 1],
        [1, 2],
      ],
    };
    await expect(applyOperation(state, twice, tools)).rejects.toThrow('Topic 1 is in two groups');
    const alone = { type: 'merge-groups', groups: [[0], [1]] };
    await expect(applyOperation(state, alone, tools)).rejects.toThrow('at least two topics');
  });
  it('keeps given names, on one line, and pinned keywords', async () => {
    const named = await replay(
      state,
      [
        { type: 'rename', topic: 1, name: ' Space\nprobes  and\tmore ' },
        { type: 'pin', topic: 3, keywords: ['Motor', 'road', 'motor'] },
        { type: 'merge', topics: [1, 3] },
      ],
      tools,
    );
    expect(named.topics.at(-1)).toMatchObject({ name: 'Space probes and more', pinned: ['motor', 'road'] });
  });
  it('down to N merges the most alike', async () => {
    const reduced = await applyOperation(state, { type: 'reduce', to: 2 }, tools);
    expect(reduced.topics).toHaveLength(2);
    expect(count(reduced, -1)).toBe(count(state, -1));
    await expect(applyOperation(state, { type: 'reduce', to: 9 }, tools)).rejects.toThrow(UsageError);
    const all = await applyOperation(state, { type: 'merge-similar', threshold: -1, by: 'embedding' }, tools);
    expect(all.topics).toHaveLength(1);
    await expect(applyOperation(state, { type: 'merge-similar', threshold: 1 }, tools)).rejects.toThrow(
      InputError,
    );
  });
});

describe('split', () => {
  it('clusters one topic again', async () => {
    const parts = await applyOperation(state, { type: 'split', topic: 0 }, tools);
    expect(parts.topics.map((t) => t.id)).toEqual([1, 2, 3, 4, 5]);
    expect(count(parts, 4)).toBeGreaterThanOrEqual(count(parts, 5));
    expect(count(parts, 4) + count(parts, 5) + count(parts, -1)).toBe(count(state, 0) + count(state, -1));
    expect(currentTopic(parts, 0)).toBeNull();
    const moved = parts.labels.findIndex((l) => l === 4);
    expect(by(parts, moved)).toBe('user');
  });
  it('says when a topic does not fall apart', async () => {
    const whole = { ...tools, cluster: async (rows: Int32Array) => rows.map(() => 0) };
    await expect(applyOperation(state, { type: 'split', topic: 0 }, whole)).rejects.toThrow(
      'smaller minimum',
    );
  });
});

describe('clustering again', () => {
  it('puts other topics in the place of all, and keeps what people called those that are found again', async () => {
    const named = await applyOperation(state, { type: 'rename', topic: 1, name: 'Space' }, tools);
    const finer = await applyOperation(named, { type: 'recluster', minTopicSize: 5 }, tools);
    expect(finer.topics.map(({ id }) => id)).toEqual([4, 5, 6, 7]);
    expect(finer.topics.map(({ name }) => name)).toEqual([null, 'Space', null, null]);
    expect(finer.topics.map(({ parents }) => parents)).toEqual([[0], [1], [2], [3]]);
    expect(finer.clustered).toEqual({ minTopicSize: 5, first: 4 });
    expect(currentTopic(finer, 1)).toBe(5);
    expect(new Set(finer.assignedBy)).toEqual(new Set([0]));

    const coarser = await applyOperation(finer, { type: 'recluster', minTopicSize: 20 }, tools);
    expect(coarser.topics.map(({ parents }) => parents)).toEqual([
      [4, 5],
      [6, 7],
    ]);
    expect(currentTopic(coarser, 0)).toBe(8);
    expect(count(coarser, 8) + count(coarser, 9) + count(coarser, -1)).toBe(coarser.labels.length);
  });

  it('leaves the topics alone where it finds none', async () => {
    const nothing = { ...tools, recluster: async () => state.labels.map(() => -1) };
    await expect(applyOperation(state, { type: 'recluster', minTopicSize: 100 }, nothing)).rejects.toThrow(
      'No topic of at least 100 documents is found among 48; give a smaller size.',
    );
  });
});

describe('documents', () => {
  it('of a deleted topic become outliers', async () => {
    const less = await applyOperation(state, { type: 'delete', topics: [2] }, tools);
    expect(count(less, -1)).toBe(count(state, -1) + count(state, 2));
    expect(less.retired).toEqual([{ id: 2, parents: [], name: null, pinned: [], into: [] }]);
  });
  it('move, and are marked as moved', async () => {
    const moved = await applyOperation(state, { type: 'move', rows: [0, 5], topic: 2 }, tools);
    expect([moved.labels[0], moved.labels[5]]).toEqual([2, 2]);
    await expect(applyOperation(state, { type: 'move', rows: [4800], topic: 2 }, tools)).rejects.toThrow(
      UsageError,
    );
  });
  it.each(['membership', 'embedding', 'ctfidf', 'distribution'] as const)(
    'that are outliers get a topic by %s, and can be put back',
    async (strategy) => {
      const preview = await previewOperation(state, { type: 'outliers', strategy, threshold: 0.1 }, tools);
      expect(preview.changed).toBe(preview.before.outliers - preview.after.outliers);
      expect(preview.changed).toBeGreaterThan(0);
      const changed = preview.state.labels.findIndex((l, d) => l !== state.labels[d]);
      expect(by(preview.state, changed)).toBe('outlier-reduction');
      const plan = await planOutliers(state, strategy, 0.1, tools);
      expect(plan.topics.filter((t) => t >= 0)).toHaveLength(preview.changed);
      const back = await applyOperation(preview.state, { type: 'restore-outliers' }, tools);
      expect(stateHash(back)).toBe(stateHash(state));
    },
  );
  it('with nothing to go by stay outliers', async () => {
    const strict = await applyOperation(
      state,
      { type: 'outliers', strategy: 'embedding', threshold: 1 },
      tools,
    );
    expect(stateHash(strict)).toBe(stateHash(state));
    const blind = { ...tools, membership: async () => null };
    await expect(planOutliers(state, 'membership', 0, blind)).rejects.toThrow('choose embedding');
  });
});

describe('words', () => {
  it('can be stopped, kept and mapped', async () => {
    const edited = await replay(
      state,
      [
        { type: 'stop-words', add: ['Road', 'the'] },
        { type: 'stop-words', remove: ['the', 'in'] },
        { type: 'thesaurus', entries: { lander: 'probe', Planets: 'planet' } },
        { type: 'thesaurus', entries: { planets: '' } },
        { type: 'ngrams', range: '1-2' },
      ],
      tools,
    );
    expect(edited.vocabulary).toEqual({
      stopWords: ['road'],
      keptWords: ['in', 'the'],
      thesaurus: { lander: 'probe' },
      ngrams: '1-2',
    });
    const { terms } = await tools.topicTerms({
      ...edited,
      vocabulary: { ...edited.vocabulary, keptWords: [] },
    });
    expect(terms.vocabulary).not.toContain('lander');
    expect(terms.vocabulary).not.toContain('road');
  });
});

it('refuses what is no operation', async () => {
  await expect(applyOperation(state, { type: 'explode' }, tools)).rejects.toThrow(
    /^There is no operation explode on topics; the operations are delete, /,
  );
  await expect(applyOperation(state, { type: 'merge', topics: [3] }, tools)).rejects.toThrow(
    'A merge needs at least two different topics; name them as in 3,7.',
  );
  await expect(applyOperation(state, { type: 'recluster', minTopicSize: 0 }, tools)).rejects.toThrow(
    'The operation recluster can’t take this minTopicSize: give a whole number of documents, at least 2.',
  );
  await expect(applyOperation(state, { type: 'stop-words', add: [' '] }, tools)).rejects.toThrow(
    'The operation stop-words can’t take this add: an empty word is none.',
  );
  await expect(applyOperation(state, { type: 'merge', topics: '3,7' }, tools)).rejects.toThrow(
    'The operation merge can’t take this topics: give a list of topics’ numbers.',
  );
  await expect(applyOperation(state, { type: 'reduce', to: 2, by: 'size' }, tools)).rejects.toThrow(
    'can’t take this by: there are ctfidf and embedding.',
  );
  for (const entries of [{ ships: 3 }, ['ships']])
    await expect(applyOperation(state, { type: 'thesaurus', entries }, tools)).rejects.toThrow(
      'can’t take this entries: give variants and their terms as text, as in {"ships": "ship"}.',
    );
  await expect(applyOperation(state, { type: 'rename', topic: 99, name: 'x' }, tools)).rejects.toThrow(
    'no topic 99',
  );
  for (const operation of [
    { type: 'split', topic: -1 },
    { type: 'merge', topics: [-1, 0] },
    { type: 'delete', topics: [-1] },
    { type: 'rename', topic: 0.5, name: 'x' },
  ])
    await expect(applyOperation(state, operation, tools)).rejects.toThrow('the outliers (−1) are no topic');
});

it('has nothing to reduce where all documents are outliers', async () => {
  const none = initialState(new Int32Array(state.labels.length).fill(-1));
  for (const by of ['ctfidf', 'embedding'])
    await expect(applyOperation(none, { type: 'reduce', to: 1, by }, tools)).rejects.toThrow(
      'no two topics that could be merged',
    );
});

/** Any operation; some name topics that there are not at that moment and are refused. */
const topic = fc.nat(9);
const anyOperation = fc.oneof(
  fc.record({ type: fc.constant('merge'), topics: fc.uniqueArray(topic, { minLength: 2, maxLength: 3 }) }),
  fc.record({
    type: fc.constant('merge-groups'),
    groups: fc.array(fc.uniqueArray(topic, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ type: fc.constant('split'), topic }),
  fc.record({ type: fc.constant('delete'), topics: fc.uniqueArray(topic, { minLength: 1, maxLength: 2 }) }),
  fc.record({
    type: fc.constant('move'),
    rows: fc.uniqueArray(fc.nat(47), { minLength: 1, maxLength: 6 }),
    topic: fc.integer({ min: -1, max: 9 }),
  }),
  fc.record({ type: fc.constant('rename'), topic, name: fc.string({ maxLength: 8 }) }),
  fc.record({
    type: fc.constant('pin'),
    topic,
    keywords: fc.array(fc.constantFrom('orbit', 'road'), { maxLength: 2 }),
  }),
  fc.record({ type: fc.constant('stop-words'), add: fc.subarray(['ice', 'moon', 'gear']) }),
  fc.record({ type: fc.constant('thesaurus'), entries: fc.constantFrom({ moon: 'planet' }, { moon: '' }) }),
  fc.record({
    type: fc.constant('reduce'),
    to: fc.constantFrom(1, 2, 3, 'auto'),
    by: fc.constantFrom('ctfidf', 'embedding'),
  }),
  fc.record({
    type: fc.constant('outliers'),
    strategy: fc.constantFrom('membership', 'embedding', 'ctfidf', 'distribution'),
    threshold: fc.constantFrom(0, 0.2, 0.5),
  }),
  fc.record({
    type: fc.constant('restore-outliers'),
    rows: fc.option(fc.uniqueArray(fc.nat(47), { maxLength: 6 })),
  }),
  fc.record({
    type: fc.constant('merge-similar'),
    threshold: fc.constantFrom(-1, 0.3, 0.9),
    by: fc.constantFrom('ctfidf', 'embedding'),
  }),
  fc.record({ type: fc.constant('recluster'), minTopicSize: fc.constantFrom(4, 20) }),
  fc.record({ type: fc.constant('ngrams'), range: fc.constantFrom('1-1', '1-2', '2-2') }),
  fc.record({
    type: fc.constant('names'),
    names: fc.dictionary(fc.nat(9).map(String), fc.string({ maxLength: 8 }), { maxKeys: 3 }),
    by: fc.constantFrom('', 'a model'),
  }),
);
const madeUp = new Set<string>();

describe('the log', () => {
  it('undoes and redoes any sequence of operations to the same states, and replays them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyOperation, { maxLength: 8 }), async (operations) => {
        let history = startHistory(state);
        const hashes = [stateHash(state)];
        for (const operation of operations) {
          madeUp.add(operation.type);
          try {
            history = await perform(history, operation, tools);
          } catch (error) {
            if (!(error instanceof UsageError || error instanceof InputError)) throw error;
            continue; // refused: nothing may have changed
          } finally {
            expect(stateHash(state)).toBe(hashes[0]);
          }
          hashes.push(stateHash(currentState(history)));
        }
        const log = JSON.parse(JSON.stringify(history.operations)) as unknown[];
        for (const hash of hashes.toReversed().slice(1)) {
          history = undo(history);
          expect(stateHash(currentState(history))).toBe(hash);
        }
        for (const hash of hashes.slice(1)) {
          history = redo(history);
          expect(stateHash(currentState(history))).toBe(hash);
        }
        expect(stateHash(await replay(state, log, tools))).toBe(hashes.at(-1));
        const half = Math.floor(log.length / 2);
        const stored = await restoreHistory(state, log, half, tools);
        expect(stateHash(currentState(stored))).toBe(hashes[half]);
        for (const operation of log)
          expect(describeOperation(operationSchema.parse(operation)).length).toBeGreaterThan(5);
        const total = currentState(history);
        expect(new Set(total.labels)).toEqual(
          new Set([...total.topics.map((t) => t.id), ...(count(total, -1) ? [-1] : [])]),
        );
      }),
      { numRuns: 80 },
    );
    // Every kind of operation took part.
    expect([...madeUp].sort()).toEqual(operationTypes);
  });
  it('drops what could have been redone when something else is done', async () => {
    let history = await perform(startHistory(state), { type: 'delete', topics: [0] }, tools);
    history = await perform(undo(history), { type: 'delete', topics: [1] }, tools);
    expect(history.operations).toHaveLength(1);
    expect(() => redo(history)).toThrow('nothing to redo');
    expect(() => undo(undo(history))).toThrow('nothing to undo');
  });
  it('replays on another project', async () => {
    const other = await world(60, 9);
    const there = await replay(
      other.state,
      [
        { type: 'merge', topics: [0, 1] },
        { type: 'split', topic: 4 },
      ],
      other.tools,
    );
    expect(there.topics.map((t) => t.id)).toEqual([2, 3, 5, 6]);
  });
});
