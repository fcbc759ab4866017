import { fetch20Newsgroups, previewCorpus } from '../../../core/index.ts';
import type { Handlers } from '../call.ts';

export const corpusHandlers: Handlers<'corpus.preview' | 'corpus.fetch'> = {
  'corpus.preview': async ({ source, roles, strip }, { context }) => {
    const preview = await previewCorpus(source, { ...roles, strip: strip as never[] }, context);
    return { ...preview, skipped: [...preview.skipped] };
  },

  'corpus.fetch': async ({ name }, { context }) => {
    await fetch20Newsgroups(context);
    return { source: name };
  },
};
