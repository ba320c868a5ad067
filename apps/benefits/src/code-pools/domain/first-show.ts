import { borneBy } from '../../domain/cost-split';
import type { Moved } from '../../domain/expiry';
import { moveInstance, requireNotExpired, withoutValue, type Instance } from '../../domain/instance';
import { account, balanced, credit, debit, postShares } from '../../domain/ledger';
import { requireRedeemWindow } from '../../domain/redeem-window';
import type { Stock } from '../../domain/stock';

/**
 * Shows a third party's code for the first time: that is its redemption 核销, for whoever has seen a code can use it elsewhere. What
 * each party of the cost split had promised becomes his cost; the provider stands in the merchant's place.
 * @throws INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED, those of requireRedeemWindow
 */
export function showFirst(
  instance: Instance,
  { stock, providerId }: { stock: Stock; providerId: string },
  now: Date,
): Moved {
  requireNotExpired(instance, now);
  const shown = moveInstance(instance, 'redeem');
  requireRedeemWindow(stock, instance, now);
  const { instanceId, customerId, remainingMinor, promised, currency } = instance;
  return {
    instance: withoutValue(shown),
    ledgerTransaction: balanced({
      transactionId: `code-${instanceId}`,
      kind: 'redemption',
      reference: instanceId,
      postings: [
        debit(account.customer(customerId), remainingMinor, currency),
        credit(account.codesShown(providerId), remainingMinor, currency),
        ...postShares(debit, borneBy(promised, providerId), { accountOf: account.cost, currency }),
        ...postShares(credit, promised, { accountOf: account.budget, currency }),
      ],
      postedAt: now,
    }),
  };
}
