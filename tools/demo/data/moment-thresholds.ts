import { quantile } from 'simple-statistics';
import type { BerkaTransaction } from './berka-files';

/** How large is large, as shares of the bank's own transactions that lie below. */
export const OUTFLOW_QUANTILE = 0.98;
export const SALARY_QUANTILE = 0.8;
/** The data set marks no salaries. Money that comes in from another bank is the nearest to one. */
export const SALARY_OPERATION = 'collection from another bank';

const WHOLE_CROWNS_MINOR = 100_000;

export interface MomentThresholds {
  outflowMinor: number;
  salaryMinor: number;
}

/** Thresholds of the moments of truth out of the data's own quantiles, rounded to whole thousands of crowns. */
export function momentThresholds(transactions: readonly BerkaTransaction[]): MomentThresholds {
  const outflows = transactions.filter(({ direction }) => direction === 'debit');
  const salaries = transactions.filter(({ direction, operation }) => direction === 'credit' && operation === SALARY_OPERATION);
  return {
    outflowMinor: thresholdOf(outflows, OUTFLOW_QUANTILE),
    salaryMinor: thresholdOf(salaries, SALARY_QUANTILE),
  };
}

function thresholdOf(transactions: readonly BerkaTransaction[], share: number): number {
  if (transactions.length === 0) throw new Error('there are no transactions of the kind to take a threshold from');
  const amount = quantile(
    transactions.map(({ amountMinor }) => amountMinor),
    share,
  );
  return Math.round(amount / WHOLE_CROWNS_MINOR) * WHOLE_CROWNS_MINOR;
}
