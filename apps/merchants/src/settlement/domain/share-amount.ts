import { DomainError } from '@tidegate/errors';

/** Who bears how much of an amount; negative when it is taken off. */
export interface ShareAmount {
  funder: string;
  partyId: string;
  amountMinor: number;
}

/** Adds amounts of the same funder and party; sorted, so that the same shares always look the same. */
export function sumShares(...lists: ShareAmount[][]): ShareAmount[] {
  const sums = new Map<string, ShareAmount>();
  for (const share of lists.flat()) {
    const key = `${share.funder}\n${share.partyId}`;
    sums.set(key, { ...share, amountMinor: safeSum(sums.get(key)?.amountMinor ?? 0, share.amountMinor) });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, share]) => share);
}

/** @throws AMOUNT_OUT_OF_RANGE */
export function safeSum(a: number, b: number): number {
  const sum = a + b;
  if (Number.isSafeInteger(sum)) return sum;
  throw new DomainError({
    code: 'FAILED_PRECONDITION',
    reason: 'AMOUNT_OUT_OF_RANGE',
    message: 'An amount is beyond what is counted exactly.',
  });
}
