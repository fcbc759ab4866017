import { placeLabels, type Extent } from './labels.ts';
import { joinedLabel, shortLabel } from './text.ts';
import { cut, leavesOf, type Merges } from './tree.ts';

/** A topic to be named on the map. */
export interface NamedPlace {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly count: number;
  readonly name: string;
  readonly reach?: readonly [number, number];
}

/** A name that stands on the map from a zoom level on, for all topics below it. Level l is a map 2^l times as large. */
export interface LevelName {
  readonly level: number;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly topics: number[];
  /** Half the width and height of its largest topic, in the map's units. */
  readonly reach: readonly [number, number];
}

const coarsest = 8;
const lastLevel = 6;

/**
 * Names that get finer as one zooms: level 0 names eight groups of topics, each level twice as many, until every topic
 * has its own; at each level only those that don't overlap. A group stands where its largest topic does.
 * @param places leaf i of the hierarchy is `places[i]`
 * @param names of the merges (keywords of inner nodes); made of the largest topics' first keywords when left out
 */
export function labelLevels(
  merges: Merges,
  places: readonly NamedPlace[],
  extent: Extent,
  names?: readonly string[],
): LevelName[] {
  const n = places.length;
  const below = leavesOf(merges, n);
  const result: LevelName[] = [];
  for (let level = 0; level <= lastLevel; level++) {
    const nodes = cut(merges, n, coarsest * 2 ** level);
    const labels = nodes.map((node) => {
      const topics = below[node].map((leaf) => places[leaf]).sort((a, b) => b.count - a.count || a.id - b.id);
      return {
        x: topics[0].x,
        y: topics[0].y,
        reach: topics[0].reach ?? ([0, 0] as const),
        text: node < n ? shortLabel(topics[0].name, 36) : groupName(topics, names?.[node - n]),
        weight: topics.reduce((sum, t) => sum + t.count, 0),
        topics: topics.map((t) => t.id),
      };
    });
    const standing = placeLabels(labels, extent, 2 ** level);
    for (const i of standing) {
      const { x, y, text, topics, reach } = labels[i];
      result.push({ level, x, y, text, topics, reach });
    }
    if (nodes.length === n && standing.length === n) break;
  }
  return result;
}

function groupName(topics: readonly NamedPlace[], name: string | undefined): string {
  if (name !== undefined && name !== '') return shortLabel(name, 36);
  return joinedLabel(
    topics.map((t) => t.name),
    36,
  );
}
