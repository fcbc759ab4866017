import { UsageError } from '../base/errors.ts';
import { applyOperation, applyParsed, parseOperation } from './apply.ts';
import { describeOperation, type TopicOperation } from './operations.ts';
import { countTopics, type TopicState } from './state.ts';
import type { TopicTools } from './tools.ts';

/** What an operation would change. */
export interface OperationEffect {
  readonly text: string;
  readonly before: { readonly topics: number; readonly outliers: number };
  readonly after: { readonly topics: number; readonly outliers: number };
  /** Documents whose topic changes. */
  readonly changed: number;
  /** Ids of topics that are new or have other documents than before. */
  readonly touched: readonly number[];
  /** The state that would be: for its keywords and measures. */
  readonly state: TopicState;
}

/** Does an operation on the side and says what it changes. Throws as `applyOperation` does. */
export async function previewOperation(
  state: TopicState,
  operation: unknown,
  tools: TopicTools,
): Promise<OperationEffect> {
  const parsed = parseOperation(operation);
  return effectOf(state, await applyParsed(state, parsed, tools), describeOperation(parsed));
}

export function effectOf(state: TopicState, next: TopicState, text: string): OperationEffect {
  const touched = new Set<number>();
  let changed = 0;
  next.labels.forEach((label, d) => {
    if (label === state.labels[d]) return;
    changed++;
    touched.add(label).add(state.labels[d]);
  });
  const alive = new Set(next.topics.map((t) => t.id));
  return {
    text,
    before: totals(state),
    after: totals(next),
    changed,
    touched: [...touched].filter((id) => alive.has(id)).sort((a, b) => a - b),
    state: next,
  };
}

function totals(state: TopicState): { topics: number; outliers: number } {
  return { topics: state.topics.length, outliers: countTopics(state.labels).get(-1) ?? 0 };
}

/** The state after a list of operations: how a log is replayed, here or on another project. Throws as `applyOperation` does. */
export async function replay(
  initial: TopicState,
  operations: readonly unknown[],
  tools: TopicTools,
): Promise<TopicState> {
  let state = initial;
  for (const operation of operations) state = await applyOperation(state, operation, tools);
  return state;
}

/**
 * The log with its states. Undo steps back in it, redo forward; an operation after an undo drops what could have been redone.
 * Never changed in place; states share what they have in common.
 */
export interface TopicHistory {
  readonly initial: TopicState;
  readonly operations: readonly TopicOperation[];
  /** State after each operation. */
  readonly states: readonly TopicState[];
  /** Operations in force; those beyond were undone. */
  readonly position: number;
}

export function startHistory(initial: TopicState): TopicHistory {
  return { initial, operations: [], states: [], position: 0 };
}

export function currentState(history: TopicHistory): TopicState {
  return history.position === 0 ? history.initial : history.states[history.position - 1];
}

/** Applies an operation at the current position. Throws as `applyOperation` does; the history is then as it was. */
export async function perform(
  history: TopicHistory,
  operation: unknown,
  tools: TopicTools,
): Promise<TopicHistory> {
  const parsed = parseOperation(operation);
  const state = await applyParsed(currentState(history), parsed, tools);
  const { position } = history;
  return {
    initial: history.initial,
    operations: [...history.operations.slice(0, position), parsed],
    states: [...history.states.slice(0, position), state],
    position: position + 1,
  };
}

/** @throws UsageError when there is nothing to undo. */
export function undo(history: TopicHistory): TopicHistory {
  if (history.position === 0) throw new UsageError('There is nothing to undo.');
  return { ...history, position: history.position - 1 };
}

/** @throws UsageError when there is nothing to redo. */
export function redo(history: TopicHistory): TopicHistory {
  if (history.position === history.operations.length) throw new UsageError('There is nothing to redo.');
  return { ...history, position: history.position + 1 };
}

/** A history from a stored log: operations and how many of them are in force. Throws as `applyOperation` does. */
export async function restoreHistory(
  initial: TopicState,
  operations: readonly unknown[],
  position: number,
  tools: TopicTools,
): Promise<TopicHistory> {
  let history = startHistory(initial);
  for (const operation of operations) history = await perform(history, operation, tools);
  return { ...history, position };
}
