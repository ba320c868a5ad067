import { refused } from '@tidegate/errors';

/** Of one version of a strategy. */
export const STRATEGY_STATES = ['draft', 'in_review', 'published', 'paused', 'retired'] as const;
export type StrategyState = (typeof STRATEGY_STATES)[number];

/**
 * What can be done to a version. `supersede` is done by the platform when a newer version takes its place, `discard` also by the platform when the
 * strategy is retired with a change still open.
 */
export const STRATEGY_MOVES = [
  'submit',
  'approve',
  'reject',
  'withdraw',
  'pause',
  'resume',
  'retire',
  'supersede',
  'discard',
] as const;
export type StrategyMove = (typeof STRATEGY_MOVES)[number];

/** The one table of allowed moves. */
const NEXT: Record<StrategyState, Partial<Record<StrategyMove, StrategyState>>> = {
  draft: { submit: 'in_review', supersede: 'retired', discard: 'retired' },
  in_review: { approve: 'published', reject: 'draft', withdraw: 'draft', discard: 'retired' },
  published: { pause: 'paused', retire: 'retired', supersede: 'retired' },
  paused: { resume: 'published', retire: 'retired', supersede: 'retired' },
  retired: {},
};

/** The state after a move. @throws STRATEGY_MOVE_NOT_ALLOWED when the table has none */
export function stateAfter(state: StrategyState, move: StrategyMove): StrategyState {
  const next = NEXT[state][move];
  if (next === undefined) throw moveNotAllowed(state, move);
  return next;
}

export const moveNotAllowed = (state: StrategyState, move: StrategyMove): Error =>
  refused('STRATEGY_MOVE_NOT_ALLOWED', `A strategy that is ${state.replace('_', ' ')} has no move "${move}".`, {
    state,
    move,
  });
