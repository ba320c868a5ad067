import { refused } from '@tidegate/errors';
import { moveInstance, requireNotExpired, type Instance } from '../../domain/instance';
import { account, balanced, credit, debit, type LedgerTransaction } from '../../domain/ledger';

/**
 * Takes a benefit that is to be given: nobody can use it until the exchange ends.
 * @throws INSTANCE_NOT_OF_OFFER, INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED
 */
export function takeBenefit(instance: Instance, stockId: string, now: Date): Instance {
  if (instance.stockId !== stockId) throw refused('INSTANCE_NOT_OF_OFFER', 'The offer takes another benefit.');
  requireNotExpired(instance, now);
  return moveInstance(instance, 'hold');
}

/** Uses the benefit up: its value goes back to its funder, who grants the other side. */
export function useUpBenefit(
  instance: Instance,
  exchangeId: string,
  now: Date,
): { instance: Instance; ledgerTransaction: LedgerTransaction } {
  const { customerId, orgPath, faceValueMinor, currency } = instance;
  return {
    instance: moveInstance(instance, 'commit'),
    ledgerTransaction: balanced({
      transactionId: `exchange-${exchangeId}`,
      kind: 'exchange',
      reference: instance.instanceId,
      postings: [
        debit(account.customer(customerId), faceValueMinor, currency),
        credit(account.funder(orgPath), faceValueMinor, currency),
      ],
      postedAt: now,
    }),
  };
}
