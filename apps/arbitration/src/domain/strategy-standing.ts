import type { Strategy } from './strategy';

/** Why what was decided for a strategy is not sent any more; told to whoever asks, and kept by him. */
export const STRATEGY_STOPPED = 'STRATEGY_STOPPED';

/** What a strategy says of sending what was decided for it: it may go out, waits until the strategy is resumed, or does not go out any more. */
export type Standing = 'open' | 'paused' | 'stopped';

/** As the strategy stands now. Nothing speaks against one that is not known: it was not told of yet, or cannot be compiled. */
export function standingOf(strategy: Pick<Strategy, 'state' | 'endsAtMs'> | undefined, now: Date): Standing {
  if (strategy === undefined) return 'open';
  if (strategy.state === 'retired' || strategy.endsAtMs <= now.getTime()) return 'stopped';
  return strategy.state === 'paused' ? 'paused' : 'open';
}
