import type { Lead } from './lead';
import { isHumanChannel } from './queue';

/** How a strategy stands, as `campaigns` last told of it; of two words the one with the higher revision is the later. */
export interface StrategyState {
  strategyId: string;
  revision: number;
  state: string;
  /** It is over from then on; absent where it has no end. */
  endsAt?: Date;
  orgPath: string;
  /** Queues that its treatments are worked in. */
  queues: readonly string[];
}

/** Why the leads of a strategy that is over ended. */
export const STRATEGY_STOPPED = 'STRATEGY_STOPPED';

/** The queues that treatments name; that of another channel is not of people: a partner's endpoint. */
export const queuesNamed = (treatments: readonly { channel: string; queue: string }[]): string[] => [
  ...new Set(treatments.flatMap(({ channel, queue }) => (isHumanChannel(channel) && queue !== '' ? [queue] : []))),
];

/** Whether it was retired, or its end has come. */
export const isOver = ({ state, endsAt }: Pick<StrategyState, 'state' | 'endsAt'>, now: Date): boolean =>
  state === 'retired' || (endsAt !== undefined && endsAt <= now);

/** Whether nobody is offered its leads from when this was told: it is paused, or is over. */
export const holdsBack = (strategy: StrategyState, now: Date): boolean =>
  strategy.state === 'paused' || isOver(strategy, now);

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
