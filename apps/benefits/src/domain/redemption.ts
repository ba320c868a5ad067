import { refused } from '@tidegate/errors';
import { borneBy, joinPromises, takePromised, type ShareAmount } from './cost-split';
import type { Hold, HoldItem } from './hold';
import { moveInstance, type Instance } from './instance';
import { account, balanced, credit, debit, postShares, returnValue, type LedgerTransaction } from './ledger';

/** A redemption may be taken back this long. */
export const REVERSAL_MS = 24 * 3600 * 1000;

/** A completed redemption 核销 of one benefit. */
export interface Redemption {
  redemptionId: string;
  /** The sale: redemptions of one sale share it. */
  saleId: string;
  instanceId: string;
  stockId: string;
  customerId: string;
  merchantId: string;
  storeId: string;
  clerkId: string;
  amountMinor: number;
  /** What it took out of the wallet: more than the amount when an unused rest went back to the funder. */
  heldMinor: number;
  currency: string;
  /** Whose promises it took; adds up to what it took out of the wallet. */
  promised: ShareAmount[];
  /** Who bears the amount, by what each had promised; adds up to it. */
  shares: ShareAmount[];
  redeemedAt: Date;
}

/** A redemption taken back 冲正. */
export interface Reversal {
  reversalId: string;
  redemptionId: string;
  /** The sale of the redemption; empty in those of before it was kept. */
  saleId: string;
  merchantId: string;
  amountMinor: number;
  currency: string;
  shares: ShareAmount[];
  /** Where it was taken back, and by whom. */
  storeId: string;
  clerkId: string;
  reason: string;
  reversedAt: Date;
}

/** What a till says of a reversal. */
export type ReversalPlace = Pick<Reversal, 'reversalId' | 'storeId' | 'clerkId' | 'reason'>;

/** Where the value of a redemption comes from: the wallet itself in one step, or what a hold has set aside. */
export type ValueSource = 'wallet' | 'hold';

/**
 * Redeems one item of a sale: the customer's claim on the bank becomes the merchant's, what each party of the cost split had
 * promised becomes his cost, and what was set aside but not used returns to their budgets.
 */
export function redeem(
  { instance, item }: { instance: Instance; item: HoldItem },
  { redemptionId, hold, source, now }: { redemptionId: string; hold: Hold; source: ValueSource; now: Date },
): { instance: Instance; redemption: Redemption; ledgerTransaction: LedgerTransaction } {
  const { amountMinor, heldMinor, customerId } = item;
  const { currency } = instance;
  const { merchantId, storeId, clerkId } = hold;
  const { taken: promised, left } = takePromised(instance.promised, heldMinor);
  const shares = borneBy(takePromised(promised, amountMinor).taken, merchantId);
  const from = source === 'hold' ? account.held(customerId) : account.customer(customerId);
  return {
    instance: { ...useUp(instance, heldMinor, source), promised: left },
    redemption: {
      redemptionId,
      saleId: hold.holdId,
      instanceId: item.instanceId,
      stockId: item.stockId,
      customerId,
      merchantId,
      storeId,
      clerkId,
      amountMinor,
      heldMinor,
      currency,
      promised,
      shares,
      redeemedAt: now,
    },
    ledgerTransaction: balanced({
      transactionId: `redemption-${redemptionId}`,
      kind: 'redemption',
      reference: redemptionId,
      postings: [
        debit(from, heldMinor, currency),
        credit(account.payable(merchantId), amountMinor, currency),
        ...postShares(debit, shares, { accountOf: account.cost, currency }),
        ...postShares(credit, promised, { accountOf: account.budget, currency }),
      ],
      postedAt: now,
    }),
  };
}

/** The instance with so much less; redeemed when nothing is left. */
function useUp(instance: Instance, usedMinor: number, source: ValueSource): Instance {
  const remainingMinor = instance.remainingMinor - usedMinor;
  if (source === 'hold') {
    return { ...moveInstance(instance, remainingMinor > 0 ? 'commit_part' : 'commit'), remainingMinor };
  }
  return remainingMinor > 0 ? { ...instance, remainingMinor } : { ...moveInstance(instance, 'redeem'), remainingMinor };
}

/**
 * Takes a redemption back: every posting of it is undone by a new one. The benefit has the value again as if it had not been
 * redeemed: in the wallet, beside what a till holds, or with the gift it is on its way in. When the benefit has ended or was
 * passed on, the value returns to who promised it.
 * @throws REVERSAL_WINDOW_OVER, REDEMPTION_REVERSED
 */
export function reverse(
  { redemption, instance, isReversed }: { redemption: Redemption; instance: Instance; isReversed: boolean },
  { reversalId, storeId, clerkId, reason, now }: ReversalPlace & { now: Date },
): { instance: Instance; reversal: Reversal; ledgerTransactions: LedgerTransaction[] } {
  if (isReversed) throw refused('REDEMPTION_REVERSED', 'This redemption was taken back already.');
  if (now.getTime() - redemption.redeemedAt.getTime() > REVERSAL_MS) {
    throw refused('REVERSAL_WINDOW_OVER', 'It is too late to take this redemption back.');
  }
  const { redemptionId, saleId, merchantId, customerId, amountMinor, heldMinor, currency, promised, shares } =
    redemption;
  const holder = instance.state === 'gifting' ? account.onWay(customerId) : account.customer(customerId);
  const undone = balanced({
    transactionId: `reversal-${reversalId}`,
    kind: 'reversal',
    reference: redemptionId,
    postings: [
      debit(account.payable(merchantId), amountMinor, currency),
      credit(holder, heldMinor, currency),
      ...postShares(debit, promised, { accountOf: account.budget, currency }),
      ...postShares(credit, shares, { accountOf: account.cost, currency }),
    ],
    postedAt: now,
  });
  const place = { reversalId, storeId, clerkId, reason };
  const reversal = { ...place, redemptionId, saleId, merchantId, amountMinor, currency, shares, reversedAt: now };
  const restored = giveBack(instance, redemption, now);
  if (restored.isUsable) return { instance: restored.instance, reversal, ledgerTransactions: [undone] };
  const returned = returnValue(
    { transactionId: `reversal-${reversalId}-return`, kind: 'reversal', reference: redemptionId, postedAt: now },
    { from: holder, promised, currency, to: now < instance.expiresAt ? 'budget' : 'expired' },
  );
  return { instance: restored.instance, reversal, ledgerTransactions: [undone, returned] };
}

function giveBack(
  instance: Instance,
  { heldMinor, promised }: Redemption,
  now: Date,
): { instance: Instance; isUsable: boolean } {
  const isAlive = now < instance.expiresAt;
  if (instance.state === 'redeemed') {
    if (!isAlive) return { instance: moveInstance(instance, 'reverse_late'), isUsable: false };
    const restored = { ...moveInstance(instance, 'reverse'), remainingMinor: heldMinor, promised };
    return { instance: restored, isUsable: true };
  }
  // Stored value that was used in part: the rest may be in the wallet, at a till or on its way.
  if (isAlive && ['issued', 'held', 'gifting'].includes(instance.state)) {
    const remainingMinor = instance.remainingMinor + heldMinor;
    const restored = { ...instance, remainingMinor, promised: joinPromises([...instance.promised, ...promised]) };
    return { instance: restored, isUsable: true };
  }
  return { instance, isUsable: false };
}
