import { splitCost, type ShareAmount } from './cost-split';
import type { Hold } from './hold';
import { moveInstance, type Instance } from './instance';
import { account, balanced, credit, debit, type LedgerTransaction } from './ledger';
import type { Stock } from './stock';

/** A completed redemption 核销. */
export interface Redemption {
  redemptionId: string;
  instanceId: string;
  stockId: string;
  customerId: string;
  merchantId: string;
  storeId: string;
  clerkId: string;
  amountMinor: number;
  currency: string;
  /** Who bears the amount; adds up to it. */
  shares: ShareAmount[];
  redeemedAt: Date;
}

/**
 * Redeems a held instance: the customer's claim on the bank becomes the merchant's, and the funder's promise becomes the
 * cost of each party of the split.
 */
export function redeem(
  { instance, stock, hold }: { instance: Instance; stock: Stock; hold: Hold },
  { redemptionId, now }: { redemptionId: string; now: Date },
): { instance: Instance; redemption: Redemption; ledgerTransaction: LedgerTransaction } {
  const amountMinor = instance.faceValueMinor;
  const { currency, customerId, orgPath } = instance;
  const shares = splitCost(amountMinor, stock.costShares, hold.merchantId).filter((share) => share.amountMinor > 0);
  const redemption: Redemption = {
    redemptionId,
    instanceId: instance.instanceId,
    stockId: instance.stockId,
    customerId,
    merchantId: hold.merchantId,
    storeId: hold.storeId,
    clerkId: hold.clerkId,
    amountMinor,
    currency,
    shares,
    redeemedAt: now,
  };
  const ledgerTransaction = balanced({
    transactionId: `redemption-${redemptionId}`,
    kind: 'redemption',
    reference: redemptionId,
    postings: [
      debit(account.customer(customerId), amountMinor, currency),
      credit(account.payable(hold.merchantId), amountMinor, currency),
      ...shares.map((share) => debit(account.cost(share.funder, share.partyId), share.amountMinor, currency)),
      credit(account.funder(orgPath), amountMinor, currency),
    ],
    postedAt: now,
  });
  return { instance: moveInstance(instance, 'commit'), redemption, ledgerTransaction };
}
