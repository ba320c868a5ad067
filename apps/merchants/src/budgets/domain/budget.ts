import { refused } from '@tidegate/errors';

/** What may be redeemed; 0 for no limit. */
export interface BudgetLimits {
  dailyCount: number;
  totalCount: number;
  dailyAmountMinor: number;
  totalAmountMinor: number;
}

/** What is held or redeemed, in all and on one business day. */
export interface BudgetUse {
  usedCount: number;
  usedAmountMinor: number;
  /** ISO date that the day's use is of. */
  day: string;
  dayCount: number;
  dayAmountMinor: number;
}

/** How many benefits of what amount may be redeemed at a merchant or a store. */
export interface Budget {
  merchantId: string;
  /** Empty: over all stores of the merchant. */
  storeId: string;
  currency: string;
  limits: BudgetLimits;
  use: BudgetUse;
  changedAt: Date;
}

/** So much of a budget. */
export interface BudgetPart {
  count: number;
  amountMinor: number;
  /** The business day it is of. */
  day: string;
}

export const NOTHING_USED: BudgetUse = { usedCount: 0, usedAmountMinor: 0, day: '', dayCount: 0, dayAmountMinor: 0 };

/** The names of the two budgets that a sale falls under; store ids are unique over all merchants. */
export const budgetIdOf = ({ merchantId, storeId }: { merchantId: string; storeId: string }): string =>
  storeId === '' ? `merchant:${merchantId}` : `store:${storeId}`;

/** What staff write of a budget. */
export type BudgetTerms = Pick<Budget, 'merchantId' | 'storeId' | 'currency' | 'limits'>;

/**
 * The budget under new limits; what is used stays.
 * @throws BUDGET_CURRENCY_FIXED when something is held or redeemed in another currency
 */
export function putLimits(terms: BudgetTerms, existing: Budget | undefined, now: Date): Budget {
  const { merchantId, storeId, currency, limits } = terms;
  const isOther = existing !== undefined && existing.currency !== currency;
  if (isOther && isUsed(existing.use)) {
    const metadata = { currency: existing.currency };
    throw refused('BUDGET_CURRENCY_FIXED', 'The currency of a budget stays while something of it is used.', metadata);
  }
  const use = existing && !isOther ? existing.use : NOTHING_USED;
  return { merchantId, storeId, currency, limits: { ...limits }, use, changedAt: now };
}

const isUsed = ({ usedCount, usedAmountMinor }: BudgetUse): boolean => usedCount !== 0 || usedAmountMinor !== 0;

/** Whether a sale takes a part of it: what limits nothing counts what is of its currency, and refuses nothing. */
export const concerns = ({ limits, currency }: Budget, sale: { currency: string }): boolean =>
  currency === sale.currency || Object.values(limits).some((limit) => limit > 0);

/** The use as it stands on a day: yesterday's is not today's. */
export const useOn = (use: BudgetUse, day: string): BudgetUse =>
  use.day >= day ? use : { ...use, day, dayCount: 0, dayAmountMinor: 0 };

/**
 * Takes a part of a budget.
 * @throws BUDGET_EXHAUSTED when any limit would be passed, BUDGET_CURRENCY_MISMATCH
 */
export function takePart(budget: Budget, part: BudgetPart, currency: string): Budget {
  if (budget.currency !== currency) {
    throw refused('BUDGET_CURRENCY_MISMATCH', 'The budget is in another currency.', { currency: budget.currency });
  }
  const { limits } = budget;
  const use = addTo(useOn(budget.use, part.day), part, 1);
  const passed: [string, number, number][] = [
    ['daily_count', limits.dailyCount, use.dayCount],
    ['total_count', limits.totalCount, use.usedCount],
    ['daily_amount', limits.dailyAmountMinor, use.dayAmountMinor],
    ['total_amount', limits.totalAmountMinor, use.usedAmountMinor],
  ];
  const exhausted = passed.find(([, limit, used]) => limit > 0 && used > limit);
  if (exhausted) {
    const owner = budget.storeId === '' ? 'merchant' : 'store';
    throw refused('BUDGET_EXHAUSTED', 'The budget for redemptions here is exhausted.', { owner, limit: exhausted[0] });
  }
  return { ...budget, use };
}

/** Gives a part back; the day's use is only given back on its own day. */
export function giveBack(budget: Budget, part: BudgetPart): Budget {
  return { ...budget, use: addTo(budget.use, part, -1) };
}

function addTo(use: BudgetUse, { count, amountMinor, day }: BudgetPart, sign: 1 | -1): BudgetUse {
  const isSameDay = use.day === day;
  return {
    usedCount: use.usedCount + sign * count,
    usedAmountMinor: use.usedAmountMinor + sign * amountMinor,
    day: use.day,
    dayCount: use.dayCount + (isSameDay ? sign * count : 0),
    dayAmountMinor: use.dayAmountMinor + (isSameDay ? sign * amountMinor : 0),
  };
}
