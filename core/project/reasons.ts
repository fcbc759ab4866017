import { whySizes } from '../cluster/index.ts';
import { sizeReasons } from '../run/reasons.ts';
import { paramsInForce } from './recluster.ts';
import type { Session } from './session.ts';

/**
 * Why the topics have the sizes that they have: what the run tells, or, where all documents were clustered again since then,
 * what that clustering worked with on the run's layout. Nothing about the layout of a project that no run made.
 */
export function reasonsInForce(session: Session): string[] {
  const { state, manifest, params, corpus } = session;
  const told: unknown[] = Array.isArray(manifest.reasons) ? manifest.reasons : [];
  const ofRun = told.filter((reason) => typeof reason === 'string');
  const { clustered } = state.edit;
  if (clustered === undefined) return ofRun;
  const rows = corpus.ids.length - corpus.empty.length;
  const reasons = whySizes(paramsInForce(session, clustered, rows), rows);
  return ofRun.length > 0 ? sizeReasons(params, rows, { reasons }) : reasons;
}
