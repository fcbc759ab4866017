import { UsageError } from '../../../core/base/errors.ts';
import { nameByModel, previewNaming } from '../../../core/index.ts';
import type { Action } from './action.ts';
import { ids } from './values.ts';

/**
 * Names by a language model. Without --send it prints what would be sent, and sends nothing. The key comes from the environment
 * (MOETOPIC_LLM_KEY) rather than a flag, so that it stands in no shell's history.
 */
export const naming: Action = async (session, [list], { endpoint, model, send }, context) => {
  if (endpoint === undefined || model === undefined)
    throw new UsageError(
      'Name an OpenAI-compatible server with --endpoint URL and its model with --model NAME; nothing is sent without --send.',
    );
  const key = process.env.MOETOPIC_LLM_KEY ?? '';
  const where = { url: endpoint, model, key: key === '' ? null : key };
  const topics = list === undefined ? [] : ids(list);
  if (!send) {
    const preview = previewNaming(session, where, topics);
    return {
      ...preview,
      sent: false,
      text: `${preview.requests
        .map(({ topic, body }) => `topic ${topic}\n${JSON.stringify(body, null, 2)}\n`)
        .join('')}\nThis would be sent to ${preview.url}; add --send to send it.\n`,
    };
  }
  const found = await nameByModel(session, where, topics, fetch, context);
  return {
    ...found,
    sent: true,
    text: [
      ...found.names.map(({ topic, name }) => `${topic} ${name}\n`),
      ...found.failed.map(({ topic, reason }) => `${topic} keeps its name: ${reason}\n`),
    ].join(''),
  };
};
