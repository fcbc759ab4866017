import { throwIfCancelled } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';

/** An OpenAI-compatible server: local (llama.cpp, Ollama, vLLM …) or remote. */
export interface NamingEndpoint {
  /** Up to and including the version, as http://localhost:11434/v1. */
  readonly url: string;
  readonly model: string;
  /** Sent as a bearer token; null for servers that want none. */
  readonly key: string | null;
}

/** What the model gets to see of a topic. */
export interface TopicToName {
  readonly topic: number;
  readonly keywords: readonly string[];
  /** Texts that stand for it; each is cut to 500 characters. */
  readonly documents: readonly string[];
}

const LONGEST = 500;
const LONGEST_NAME = 60;

/** Exactly what is sent for a topic: shown to the person before anything leaves the machine. */
export function namingRequest(topic: TopicToName, endpoint: NamingEndpoint): Record<string, unknown> {
  const documents = topic.documents.map((text) => `- ${text.replace(/\s+/g, ' ').trim().slice(0, LONGEST)}`);
  return {
    model: endpoint.model,
    temperature: 0,
    seed: 42,
    max_tokens: 40,
    messages: [
      {
        role: 'system',
        content:
          'You name topics of a document collection. Answer with a name of two to five words in the language of the documents, and nothing else.',
      },
      {
        role: 'user',
        content: `Keywords: ${topic.keywords.join(', ')}\n\nDocuments:\n${documents.join('\n')}\n\nName:`,
      },
    ],
  };
}

/** Names that came back, and topics that keep the names they have, each with the reason. */
export interface Naming {
  readonly names: ReadonlyMap<number, string>;
  readonly failed: readonly { readonly topic: number; readonly reason: string }[];
}

/** Failures in a row after which the rest is not asked any more. */
const PATIENCE = 3;

/**
 * Asks a language model for names, one topic after the other. Nothing it does can fail the run: where the endpoint does not
 * answer or answers nonsense, the topic keeps its name and is reported; after three failures in a row the rest is left alone.
 * @param send the caller's fetch: this is the only way out, and the caller's to forbid.
 * @throws CancelledError
 */
export async function nameTopics(
  topics: readonly TopicToName[],
  endpoint: NamingEndpoint,
  send: typeof fetch,
  context: StageContext,
): Promise<Naming> {
  const names = new Map<number, string>();
  const failed: { topic: number; reason: string }[] = [];
  let inARow = 0;
  for (const [done, topic] of topics.entries()) {
    throwIfCancelled(context.signal);
    if (inARow === PATIENCE) {
      failed.push({ topic: topic.topic, reason: 'not asked: the endpoint failed three times in a row' });
      continue;
    }
    try {
      names.set(topic.topic, await ask(topic, endpoint, send, context.signal));
      inARow = 0;
    } catch (error) {
      throwIfCancelled(context.signal);
      inARow++;
      failed.push({ topic: topic.topic, reason: error instanceof Error ? error.message : String(error) });
    }
    context.onProgress({
      kind: 'progress',
      stage: 'operation',
      fraction: (done + 1) / topics.length,
      text: `Naming topics: ${done + 1} of ${topics.length}`,
    });
  }
  return { names, failed };
}

async function ask(
  topic: TopicToName,
  endpoint: NamingEndpoint,
  send: typeof fetch,
  signal: AbortSignal,
): Promise<string> {
  const response = await send(`${endpoint.url.replace(/\/+$/, '')}/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(endpoint.key === null ? {} : { authorization: `Bearer ${endpoint.key}` }),
    },
    body: JSON.stringify(namingRequest(topic, endpoint)),
    signal: AbortSignal.any([signal, AbortSignal.timeout(60_000)]),
  });
  if (!response.ok) throw new Error(`the endpoint answered with status ${response.status}`);
  const answer = (await response.json()) as { choices?: { message?: { content?: unknown } }[] };
  const name = cleanName(answer.choices?.[0]?.message?.content);
  if (name === '') throw new Error('the endpoint answered without a name');
  return name;
}

/** The first line of an answer without thinking, labels, quotes and a final full stop. */
function cleanName(content: unknown): string {
  if (typeof content !== 'string') return '';
  const line =
    content
      .replace(/<think>[\s\S]*?<\/think>/g, '')
      .split('\n')
      .map((l) => l.trim())
      .find((l) => l !== '') ?? '';
  return line
    .replace(/^(?:topic|name|label)\s*:\s*/i, '')
    .replace(/^["'“”*`]+|["'“”*`.]+$/g, '')
    .slice(0, LONGEST_NAME)
    .trim();
}
