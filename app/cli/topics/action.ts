import type { Session } from '../../../core/index.ts';
import type { StageContext } from '../../../core/base/progress.ts';
import type { TopicOptions } from './options.ts';

/** What an action gives back: `--json` prints it; `text`, where it has one, is what a person reads. */
export type Action = (
  session: Session,
  args: string[],
  options: TopicOptions,
  context: StageContext,
) => Promise<object>;
