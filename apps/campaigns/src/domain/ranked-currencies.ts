import { isOfOneLine } from '@tidegate/org-path';
import type { Action } from './action';

/** What a live strategy's values are in. */
export interface LiveCurrencies {
  strategyId: string;
  orgPath: string;
  currencies: string[];
}

/** Currencies of the values that actions are ranked by, each once. An action without a value ranks as 1 of any. */
export const rankedCurrencies = (actions: readonly Pick<Action, 'valueMinor' | 'currency'>[]): string[] => [
  ...new Set(actions.filter(({ valueMinor }) => valueMinor > 0).map(({ currency }) => currency)),
];

/** The live strategies that rank beside one of this organisation: of the same, of those above and of those below it. */
export const rivalsOf = (
  { strategyId, orgPath }: { strategyId: string; orgPath: string },
  live: readonly LiveCurrencies[],
): LiveCurrencies[] => live.filter((other) => other.strategyId !== strategyId && isOfOneLine(orgPath, other.orgPath));
