import type { CostShare, Funder } from './stock';

/** A party's part of an amount. */
export interface ShareAmount {
  funder: Funder;
  /** Of a promise, empty for funder `merchant`: whichever merchant redeems. */
  partyId: string;
  amountMinor: number;
}

/**
 * What each party of a cost split 成本分摊 promises of a face value: whole minor units that add up to it, one part for each party
 * that has any.
 */
export function promiseOf(faceValueMinor: number, shares: CostShare[]): ShareAmount[] {
  const amounts = apportion(
    faceValueMinor,
    shares.map(({ basisPoints }) => basisPoints),
  );
  return joinPromises(shares.map(({ funder, partyId }, index) => ({ funder, partyId, amountMinor: amounts[index]! })));
}

/**
 * Takes an amount out of a promise, of each party in proportion to what is left of his. However often parts are taken and put back,
 * all of them together are the promise, and nobody gives more than he promised.
 */
export function takePromised(
  promised: ShareAmount[],
  amountMinor: number,
): { taken: ShareAmount[]; left: ShareAmount[] } {
  const amounts = apportion(
    amountMinor,
    promised.map((part) => part.amountMinor),
  );
  const part = (amountOf: (whole: number, taken: number) => number): ShareAmount[] =>
    joinPromises(promised.map((one, index) => ({ ...one, amountMinor: amountOf(one.amountMinor, amounts[index]!) })));
  return { taken: part((_whole, taken) => taken), left: part((whole, taken) => whole - taken) };
}

/** Adds parts up: one for each party that has any, in the order they come. */
export function joinPromises(parts: ShareAmount[]): ShareAmount[] {
  const byParty = new Map<string, ShareAmount>();
  for (const part of parts) {
    if (part.amountMinor === 0) continue;
    const key = `${part.funder}:${part.partyId}`;
    const amountMinor = part.amountMinor + (byParty.get(key)?.amountMinor ?? 0);
    byParty.set(key, { ...part, amountMinor });
  }
  return [...byParty.values()];
}

/** Who bears what a merchant is owed for a part of a promise: he himself where it was left open. */
export const borneBy = (taken: ShareAmount[], redeemingMerchantId: string): ShareAmount[] =>
  joinPromises(
    taken.map((part) =>
      part.funder === 'merchant' && !part.partyId ? { ...part, partyId: redeemingMerchantId } : part,
    ),
  );

/**
 * Splits an amount by weights. Whole minor units; what rounding leaves goes one by one to the largest remainders (Hamilton's
 * method), so that the parts always add up.
 */
function apportion(amountMinor: number, weights: number[]): number[] {
  // Minor units of both: a product may be more than a number holds exactly.
  const [amount, total] = [BigInt(amountMinor), BigInt(weights.reduce((sum, weight) => sum + weight, 0))];
  if (total === 0n) return weights.map(() => 0);
  const exact = weights.map((weight) => amount * BigInt(weight));
  const parts = exact.map((product) => Number(product / total));
  let left = amountMinor - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact.map((product, index) => ({ index, remainder: Number(product % total) }));
  for (const { index } of byRemainder.sort((a, b) => b.remainder - a.remainder || a.index - b.index)) {
    if (left <= 0) break;
    parts[index]! += 1;
    left -= 1;
  }
  return parts;
}
