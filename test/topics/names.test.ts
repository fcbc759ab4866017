import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../core/base/errors.ts';
import { quietContext } from '../../core/base/progress.ts';
import { nameTopics, namingRequest } from '../../core/topics/index.ts';

const endpoint = { url: 'http://localhost:1/v1/', model: 'small', key: null };
const topics = [0, 1, 2, 3, 4].map((topic) => ({
  topic,
  keywords: ['ice', 'puck'],
  documents: ['A  text.\nTwo lines.'],
}));

/** A server that gives one answer after the other. */
function server(...answers: (string | number)[]): {
  asked: { url: string; init: RequestInit }[];
  send: typeof fetch;
} {
  const asked: { url: string; init: RequestInit }[] = [];
  const send = (async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    const answer = answers[asked.length - 1] ?? 500;
    if (typeof answer === 'number') return new Response('', { status: answer });
    return new Response(JSON.stringify({ choices: [{ message: { content: answer } }] }));
  }) as typeof fetch;
  return { asked, send };
}

describe('names by a language model', () => {
  it('are asked for with what was shown, and cleaned', async () => {
    const { asked, send } = server('"Ice hockey."', '<think>hm</think>\nTopic: **Space flight**');
    const { names, failed } = await nameTopics(topics.slice(0, 2), endpoint, send, quietContext());
    expect([...names]).toEqual([
      [0, 'Ice hockey'],
      [1, 'Space flight'],
    ]);
    expect(failed).toEqual([]);
    expect(asked[0].url).toBe('http://localhost:1/v1/chat/completions');
    expect(JSON.parse(asked[0].init.body as string)).toEqual(namingRequest(topics[0], endpoint));
    expect(asked[0].init.headers).not.toHaveProperty('authorization');
  });
  it('fall back topic by topic, and stop asking after three failures', async () => {
    const { asked, send } = server('One', 500, '', 404);
    const { names, failed } = await nameTopics(topics, { ...endpoint, key: 'k' }, send, quietContext());
    expect([...names.keys()]).toEqual([0]);
    expect(failed.map((f) => f.topic)).toEqual([1, 2, 3, 4]);
    expect(failed[3].reason).toContain('not asked');
    expect(asked).toHaveLength(4);
    expect(asked[0].init.headers).toMatchObject({ authorization: 'Bearer k' });
  });
  it('can be cancelled', async () => {
    const signal = AbortSignal.abort(new CancelledError());
    await expect(nameTopics(topics, endpoint, server().send, quietContext({ signal }))).rejects.toThrow(
      CancelledError,
    );
  });
});
