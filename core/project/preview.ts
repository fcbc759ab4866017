import type { StageContext } from '../base/progress.ts';
import { tokenSequences } from '../keywords/index.ts';
import type { OperationPreview, PreviewedTopic, PreviewedTotals } from '../protocol.ts';
import type { RunState } from '../run/pipeline.ts';
import type { Topic } from '../stages.ts';
import { labelScores, npmiCoherence, previewOperation, topicDiversity } from '../topics/index.ts';
import type { Session } from './session.ts';
import { stateOf, topicTools } from './topics.ts';

/** Keywords whose change counts as one: those that a person sees. */
const shownWords = 10;

/**
 * What an operation would change, without doing it: totals and measures before and after, and each topic that it makes, ends,
 * or changes in its documents, its keywords or its name; new ones first. Throws as `applyOperation` does.
 * @param coherence whether NPMI is measured, too: it reads every document
 */
export async function previewOperationOn(
  session: Session,
  operation: unknown,
  context: StageContext,
  coherence = false,
): Promise<OperationPreview> {
  const { state } = session;
  const effect = await previewOperation(state.edit, operation, topicTools(session, context));
  const next = await stateOf(session, effect.state, context);
  const before = new Map(state.topics.map((topic) => [topic.id, topic]));
  const after = new Set(next.topics.map(({ id }) => id));
  const moved = new Set(effect.touched);
  const rank = ({ id, was }: PreviewedTopic): number => (was === null ? 0 : moved.has(id) ? 1 : 2);
  return {
    text: effect.text,
    before: await totals(session, state, coherence, context),
    after: await totals(session, next, coherence, context),
    changed: effect.changed,
    topics: next.topics
      .map((topic): PreviewedTopic => ({ ...topic, was: before.get(topic.id) ?? null }))
      .filter((topic) => moved.has(topic.id) || !sameShown(topic, topic.was))
      .sort((x, y) => rank(x) - rank(y) || y.count - x.count || x.id - y.id),
    gone: state.topics.filter(({ id }) => !after.has(id)),
  };
}

/** Whether a person would see no difference but in the order of the words. */
function sameShown(topic: Topic, was: Topic | null): boolean {
  if (was === null) return false;
  const shown = ({ name, count, keywords, pinned = [] }: Topic): string => {
    const words = keywords.slice(0, shownWords).map((k) => k.keyword);
    const own = keywords.slice(0, 4).some((k) => !name.includes(k.keyword)) ? name : '';
    return JSON.stringify([own, count, words.sort(), pinned]);
  };
  return shown(topic) === shown(was);
}

async function totals(
  session: Session,
  state: RunState,
  coherence: boolean,
  context: StageContext,
): Promise<PreviewedTotals> {
  const topics = state.topics.filter(({ id }) => id >= 0);
  const words = topics.map((topic) => topic.keywords.slice(0, shownWords).map((k) => k.keyword));
  const { labels } = session.corpus;
  const known = labels?.some((label) => label !== null) ?? false;
  return {
    topics: topics.length,
    outliers: state.labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0),
    diversity: finite(topicDiversity(words)),
    ami: known
      ? labelScores(
          labels!.map((label) => label ?? ''),
          state.labels,
        ).ami
      : null,
    npmi: coherence
      ? finite(
          npmiCoherence(words, await tokenSequences(session.corpus.texts, await session.terms(), context))
            .mean,
        )
      : null,
  };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
