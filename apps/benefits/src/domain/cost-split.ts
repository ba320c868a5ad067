import type { CostShare, Funder } from './stock';

/** A party's part of one redemption. */
export interface ShareAmount {
  funder: Funder;
  partyId: string;
  amountMinor: number;
}

const BASIS_POINTS_WHOLE = 10_000;

/**
 * Splits a redemption's amount by basis points 成本分摊. Whole minor units; what rounding leaves goes one by one to the
 * largest remainders (Hamilton's method), so the parts always add up.
 */
export function splitCost(amountMinor: number, shares: CostShare[], redeemingMerchantId: string): ShareAmount[] {
  const parts = shares.map(({ funder, partyId, basisPoints }, index) => {
    const exact = amountMinor * basisPoints;
    return {
      index,
      funder,
      partyId: funder === 'merchant' && !partyId ? redeemingMerchantId : partyId,
      amountMinor: Math.floor(exact / BASIS_POINTS_WHOLE),
      remainder: exact % BASIS_POINTS_WHOLE,
    };
  });
  let left = amountMinor - parts.reduce((sum, part) => sum + part.amountMinor, 0);
  for (const part of [...parts].sort((a, b) => b.remainder - a.remainder || a.index - b.index)) {
    if (left <= 0) break;
    part.amountMinor += 1;
    left -= 1;
  }
  return parts.map(({ funder, partyId, amountMinor: amount }) => ({ funder, partyId, amountMinor: amount }));
}
