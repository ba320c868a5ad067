import type { Lead } from './lead';

/** How a strategy stands, as `campaigns` last told of it; of two words the one with the higher revision is the later. */
export interface StrategyState {
  strategyId: string;
  revision: number;
  state: string;
}

/** Why the leads of a strategy that was retired ended. */
export const STRATEGY_STOPPED = 'STRATEGY_STOPPED';

export const isRetired = ({ state }: StrategyState): boolean => state === 'retired';

/** Whether nobody is offered its leads now: it is paused, or is over. */
export const holdsBack = (strategy: StrategyState): boolean => strategy.state === 'paused' || isRetired(strategy);

/** The last word about each strategy, where it says something new. */
export function newStates(
  known: ReadonlyMap<string, Pick<StrategyState, 'revision'>>,
  told: readonly StrategyState[],
): StrategyState[] {
  const last = new Map<string, StrategyState>();
  for (const one of told) {
    const before = last.get(one.strategyId) ?? known.get(one.strategyId);
    if (one.revision > (before?.revision ?? 0)) last.set(one.strategyId, one);
  }
  return [...last.values()];
}

/** What the customer himself was promised, or is in the middle of, goes on whatever becomes of the strategy. */
const isAskedFor = ({ urgency, state }: Lead): boolean => urgency > 0 || state === 'call_back' || state === 'accepted';

/** Whether the lead is offered to nobody while these strategies hold their leads back. */
export const isHeldBack = (lead: Lead, strategyIds: ReadonlySet<string>): boolean =>
  !isAskedFor(lead) && strategyIds.has(lead.strategyId);

/** Whether the end of its strategy ends the lead. */
export const isStoppable = (lead: Lead): boolean => lead.state !== 'closed' && !isAskedFor(lead);
