import type { HierarchyNodeResult } from '../../../../core/protocol.ts';
import { useT } from '../../../i18n/index.ts';
import { useTopicColors } from '../../../state/colors.ts';
import { count } from '../../../state/format.ts';
import { useStore } from '../../../state/store.ts';

/** What each group of a cut would be about, and which topics it would swallow. */
export function Groups({ groups }: { groups: readonly HierarchyNodeResult[] }): React.ReactNode {
  const t = useT();
  const topics = useStore((s) => s.topics);
  const color = useTopicColors();
  const nameOf = new Map(topics.map((topic) => [topic.id, topic.name]));
  return (
    <ul className="groups">
      {groups.map((group) => (
        <li key={group.node}>
          <b dir="auto">{group.keywords.map((k) => k.keyword).join(', ')}</b>
          <span className="quiet numbers">{t('topics.count', { count: count(group.count) })}</span>
          <ul>
            {group.topics.map((topic) => (
              <li key={topic} dir="auto">
                <span className="swatch" style={{ background: color(topic) }} />
                {nameOf.get(topic) ?? topic}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
