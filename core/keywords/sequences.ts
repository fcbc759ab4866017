import { throwIfCancelled } from '../base/errors.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import type { DocumentTerms, TokenSequences } from '../stages.ts';
import { larger } from './interner.ts';

/**
 * The words of every document in order, stop words left out: what a CountVectorizer's analyzer gives, and what coherence
 * measures slide their windows over.
 * @throws CancelledError
 */
export async function tokenSequences(
  texts: readonly string[],
  terms: DocumentTerms,
  context: StageContext,
): Promise<TokenSequences> {
  const offsets = new Int32Array(texts.length + 1);
  let all = new Int32Array(1 << 16);
  let used = 0;
  for (let d = 0; d < texts.length; d++) {
    if ((d & 511) === 0) {
      throwIfCancelled(context.signal);
      await breathe();
    }
    for (const term of terms.sequence?.(d) ?? terms.tokenize(texts[d]).terms) {
      if (term < 0) continue;
      if (used === all.length) all = larger(all, used * 2);
      all[used++] = term;
    }
    offsets[d + 1] = used;
  }
  return { offsets, terms: all.slice(0, used), vocabulary: terms.vocabulary };
}
