import type { StageContext } from '../base/progress.ts';
import { UsageError } from '../base/errors.ts';
import { performOperation } from './topics.ts';
import type { NamingPreview, NamingResult } from '../protocol.ts';
import type { Session } from './session.ts';
import { nameTopics, namingRequest, type NamingEndpoint, type TopicToName } from '../topics/index.ts';

/** Documents of each topic that a language model gets to read. */
const documentsShown = 3;
const keywordsShown = 10;

/** What of the topics a language model would see: keywords and the beginnings of representative documents. */
function topicsToName(session: Session, topics: readonly number[]): TopicToName[] {
  const { state, corpus } = session;
  const rowOf = new Map(corpus.ids.map((id, row) => [id, row]));
  const known = state.topics.filter((topic) => topic.id >= 0);
  const wrong = topics.find((id) => !known.some((topic) => topic.id === id));
  if (wrong !== undefined)
    throw new UsageError(`There is no topic ${wrong}; look at the list of topics for those that there are.`);
  return known
    .filter((topic) => topics.length === 0 || topics.includes(topic.id))
    .map((topic) => ({
      topic: topic.id,
      keywords: topic.keywords.slice(0, keywordsShown).map((k) => k.keyword),
      documents: topic.representatives
        .slice(0, documentsShown)
        .map((id) => corpus.texts[rowOf.get(id) ?? 0] ?? ''),
    }));
}

function checkEndpoint({ url, model }: NamingEndpoint): void {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UsageError(`${url} is no address of an endpoint; give one such as http://localhost:11434/v1.`);
  if (model.trim() === '') throw new UsageError('Name the model that the endpoint should use.');
}

/** Exactly what `nameByModel` would send, and where to; nothing is sent. @param topics ids; none for all. */
export function previewNaming(
  session: Session,
  endpoint: NamingEndpoint,
  topics: readonly number[],
): NamingPreview {
  checkEndpoint(endpoint);
  return {
    url: `${endpoint.url.replace(/\/+$/, '')}/chat/completions`,
    requests: topicsToName(session, topics).map((topic) => ({
      topic: topic.topic,
      body: namingRequest(topic, endpoint),
    })),
  };
}

/**
 * Lets a language model name topics: one operation of the log, which undo takes back and replay repeats without asking again.
 * Topics that got no answer keep their names and are told; when none got one, the project stays as it is.
 */
export async function nameByModel(
  session: Session,
  endpoint: NamingEndpoint,
  topics: readonly number[],
  send: typeof fetch,
  context: StageContext,
): Promise<NamingResult> {
  checkEndpoint(endpoint);
  const { names, failed } = await nameTopics(topicsToName(session, topics), endpoint, send, context);
  if (names.size > 0) {
    const given = Object.fromEntries([...names].map(([topic, name]) => [String(topic), name]));
    await performOperation(session, { type: 'names', names: given, by: endpoint.model }, context);
  }
  return { names: Array.from(names, ([topic, name]) => ({ topic, name })), failed: [...failed] };
}
