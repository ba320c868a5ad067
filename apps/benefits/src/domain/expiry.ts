import { moveInstance, type Instance } from './instance';
import { account, balanced, credit, debit, type LedgerTransaction } from './ledger';

/** Expires an unused instance: its value returns to the funder. */
export function expire(instance: Instance, now: Date): { instance: Instance; ledgerTransaction: LedgerTransaction } {
  const { instanceId, customerId, orgPath, faceValueMinor, currency } = instance;
  return {
    instance: moveInstance(instance, 'expire'),
    ledgerTransaction: balanced({
      transactionId: `expiry-${instanceId}`,
      kind: 'expiry',
      reference: instanceId,
      postings: [
        debit(account.customer(customerId), faceValueMinor, currency),
        credit(account.funder(orgPath), faceValueMinor, currency),
      ],
      postedAt: now,
    }),
  };
}
