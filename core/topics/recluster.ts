import { InputError } from '../base/errors.ts';
import { FIT, type TopicRecord, type TopicState } from './state.ts';

/**
 * The topics of another clustering of the same documents in place of those that there are. An old topic went into the new one that has
 * more than half of its documents; where they are also more than half of that one, its name and pinned keywords stay.
 * @param labels [n] of the new clustering, −1 for outliers
 * @throws InputError where it has no topic.
 */
export function recluster(state: TopicState, minTopicSize: number, labels: Int32Array): TopicState {
  const first = state.nextId;
  const found = labels.reduce((most, label) => Math.max(most, label), -1) + 1;
  if (found === 0)
    throw new InputError(
      `No topic of at least ${minTopicSize} documents is found among ${labels.length}; give a smaller size.`,
    );
  const overlap = state.topics.map(({ id }) => ({ id, shared: new Map<number, number>(), size: 0 }));
  const place = new Map(overlap.map((entry) => [entry.id, entry]));
  const sizes = new Float64Array(found);
  labels.forEach((label, d) => {
    const old = place.get(state.labels[d]);
    if (old) old.size++;
    if (label < 0) return;
    sizes[label]++;
    old?.shared.set(label, (old.shared.get(label) ?? 0) + 1);
  });
  const became = new Map<number, { label: number; isSame: boolean }>();
  for (const { id, shared, size } of overlap)
    for (const [label, count] of shared)
      if (2 * count > size) became.set(id, { label, isSame: 2 * count > sizes[label] });
  return {
    ...state,
    labels: labels.map((label) => (label < 0 ? -1 : first + label)),
    assignedBy: new Uint8Array(labels.length).fill(FIT),
    topics: Array.from({ length: found }, (_, label): TopicRecord => {
      const parents = state.topics.filter(({ id }) => became.get(id)?.label === label);
      const same = parents.find(({ id }) => became.get(id)?.isSame);
      return {
        id: first + label,
        parents: parents.map(({ id }) => id),
        name: same?.name ?? null,
        pinned: same?.pinned ?? [],
      };
    }),
    retired: [
      ...state.retired,
      ...state.topics.map((topic) => {
        const heir = became.get(topic.id);
        return { ...topic, into: heir ? [first + heir.label] : [] };
      }),
    ],
    nextId: first + found,
    clustered: { minTopicSize, first },
  };
}
