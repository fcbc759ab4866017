import type { DocumentTerms } from '../stages.ts';

type TermList = Pick<DocumentTerms, 'size' | 'termAt' | 'vocabulary'>;

/** The terms of a vocabulary that is there. */
export function termList(vocabulary: readonly string[]): TermList {
  return { size: vocabulary.length, termAt: (column) => vocabulary[column], vocabulary };
}

const phraseful = new WeakMap<DocumentTerms, boolean>();

/** Whether some term is of several words; looks at them once. */
export function hasPhrases(terms: DocumentTerms): boolean {
  let known = phraseful.get(terms);
  if (known === undefined) {
    let column = 0;
    while (column < terms.size && !terms.termAt(column).includes(' ')) column++;
    phraseful.set(terms, (known = column < terms.size));
  }
  return known;
}
