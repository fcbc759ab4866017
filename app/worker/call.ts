import type { StageContext } from '../../core/base/progress.ts';
import type { EngineMessage, Method, ParsedParams, Results } from '../../core/protocol.ts';
import type { Log } from './log.ts';
import type { Settings } from './settings.ts';
import type { Workspace } from './workspace.ts';

type Partial2d = Extract<EngineMessage, { type: 'partial' }>['partial'];

/** What a request's handler gets beside its parameters. */
export interface Call {
  readonly workspace: Workspace;
  readonly log: Log;
  readonly settings: Settings;
  readonly context: StageContext;
  readonly partial: (partial: Partial2d) => void;
}

export type Handlers<M extends Method = Method> = {
  readonly [K in M]: (params: ParsedParams<K>, call: Call) => Promise<Results[K]>;
};
