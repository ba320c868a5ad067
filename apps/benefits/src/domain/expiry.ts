import { moveInstance, withoutValue, type Instance, type TakenBack } from './instance';
import { account, returnValue, type LedgerTransaction } from './ledger';

/** An instance after a move, and what the ledger says of it. */
export interface Moved {
  instance: Instance;
  ledgerTransaction: LedgerTransaction;
}

/** Expires an unused instance: what is left of its value returns to who promised it, and is told apart there. */
export const expire = (instance: Instance, now: Date): Moved => endUnused(instance, 'expire', now);

/** Takes an unused instance back from its holder: what is left of its value returns to the budgets that promised it. */
export function voidInstance(instance: Instance, takenBack: TakenBack, now: Date): Moved {
  const moved = endUnused(instance, 'void', now);
  return { ...moved, instance: { ...moved.instance, takenBack } };
}

function endUnused(instance: Instance, move: 'expire' | 'void', now: Date): Moved {
  const { instanceId, customerId, promised, currency } = instance;
  const [kind, to] = move === 'expire' ? (['expiry', 'expired'] as const) : (['void', 'budget'] as const);
  return {
    instance: withoutValue(moveInstance(instance, move)),
    ledgerTransaction: returnValue(
      { transactionId: `${kind}-${instanceId}`, kind, reference: instanceId, postedAt: now },
      { from: account.customer(customerId), promised, currency, to },
    ),
  };
}
