import { moved, newestOf, type Strategy, type StrategyChange } from './strategy';

/** in_review → draft, by a maker of the organisation: it is edited, and submitted again. @throws STRATEGY_MOVE_NOT_ALLOWED */
export const withdrawStrategy = (strategy: Strategy, now: Date): Strategy => ({
  ...strategy,
  open: moved(newestOf(strategy), 'withdraw', now),
});

/**
 * Gives up what is drafted or in review: what is live stays as it is, with nothing beside it, and whose change it was may review again; a strategy
 * that never was live is retired.
 * @throws STRATEGY_MOVE_NOT_ALLOWED
 */
export function discardStrategy(strategy: Strategy, now: Date): StrategyChange {
  const discarded = moved(newestOf(strategy), 'discard', now);
  if (strategy.live === null) return { next: { ...strategy, open: discarded }, closed: [] };
  return { next: { ...strategy, open: null }, closed: [discarded] };
}
