import { corpusView, type ProjectView } from '../export/index.ts';
import { reasonsInForce } from './reasons.ts';
import type { Session } from './session.ts';
import { assignments } from '../topics/index.ts';

/** Everything that the exports show of an open project. */
export function sessionView(session: Session): ProjectView {
  const { corpus, state, manifest, seed } = session;
  return {
    ...corpusView(corpus),
    topics: state.topics,
    labels: state.labels,
    probabilities: state.probabilities,
    assignedBy: Array.from(state.edit.assignedBy, (code) => assignments[code]),
    x: state.x,
    y: state.y,
    seed,
    reasons: reasonsInForce(session),
    manifest,
  };
}
