import { moveInstance, type Instance } from './instance';
import { account, moveValue, type LedgerTransaction } from './ledger';

/** An instance after a move, and what the ledger says of it. */
export interface Moved {
  instance: Instance;
  ledgerTransaction: LedgerTransaction;
}

/** Expires an unused instance: what is left of its value returns to the funder. */
export const expire = (instance: Instance, now: Date): Moved => endUnused(instance, 'expire', now);

/** Takes an unused instance back from its holder: its value returns to the funder. */
export const voidInstance = (instance: Instance, now: Date): Moved => endUnused(instance, 'void', now);

function endUnused(instance: Instance, move: 'expire' | 'void', now: Date): Moved {
  const { instanceId, customerId, orgPath, remainingMinor, currency } = instance;
  const kind = move === 'expire' ? 'expiry' : 'void';
  return {
    instance: { ...moveInstance(instance, move), remainingMinor: 0 },
    ledgerTransaction: moveValue(
      { transactionId: `${kind}-${instanceId}`, kind, reference: instanceId, postedAt: now },
      { from: account.customer(customerId), to: account.funder(orgPath), amountMinor: remainingMinor, currency },
    ),
  };
}
