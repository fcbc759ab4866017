import {
  agreementRows,
  compareEmbeddings,
  comparisonReport,
  flowFigure,
  topicColors,
  topicPeaks,
  writeComparison,
} from '../../../core/index.ts';
import { flatParams } from '../../../core/run/params.ts';
import type { Handlers } from '../call.ts';
import { definedRoles } from './run.ts';

export const compareHandlers: Handlers<'compare'> = {
  compare: async ({ source, roles, params, embeddings, models, out, theme }, { workspace, context }) => {
    const own = source === null ? flatParams(workspace.session.params) : {};
    const found = await compareEmbeddings(
      {
        source: source ?? workspace.session.corpus,
        params: { ...own, ...definedRoles(roles), ...params },
        embeddings,
        models,
      },
      context,
    );
    if (out !== null) await writeComparison(found, out, comparisonReport(found, context.seed), context);
    const { variants, leftOut, corpus } = found;
    return {
      out,
      documents: corpus.ids.length,
      variants: variants.map(({ name, model, embedding, topics, labels, x, y, quality }) => ({
        name,
        model,
        embedding,
        topics: [...topics],
        labels,
        x,
        y,
        colors: { ...topicColors(topicPeaks(x, y, labels))[theme] },
        quality,
      })),
      flow: flowFigure(variants, { theme, language: context.language }),
      agreement: agreementRows(found),
      leftOut: leftOut.map((variant) => ({ ...variant })),
    };
  },
};
