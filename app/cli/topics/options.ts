import type { Options } from '../context.ts';

/** Every flag of `moetopic topics`, as text. */
export interface TopicOptions extends Options {
  preview?: boolean;
  minTopicSize?: string;
  to?: string;
  by?: string;
  strategy?: string;
  threshold?: string;
  remove?: boolean;
  out?: string;
  linkage?: string;
  cut?: string;
  groups?: string;
  bins?: string;
  column?: string;
  words?: string;
  global?: boolean;
  evolution?: boolean;
  limit?: string;
  methods?: string;
  endpoint?: string;
  model?: string;
  key?: string;
  send?: boolean;
}
