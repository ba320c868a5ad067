import { refused } from '@tidegate/errors';
import { moveInstance, requireNotExpired, type Instance, type InstanceMove } from '../../domain/instance';
import { account, moveValue, type LedgerTransaction } from '../../domain/ledger';

/** A given benefit after a step of its exchange; one that is worth nothing in money makes no posting. */
export interface GivenBenefit {
  instance: Instance;
  ledgerTransactions: LedgerTransaction[];
}

/** What a step does: the move, and from which account to which its value goes. */
interface Step {
  name: string;
  move: InstanceMove;
  from: string;
  to: string;
}

/**
 * Takes a benefit that is to be given: its value is set aside until the exchange ends.
 * @throws INSTANCE_NOT_OF_OFFER, INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED, INSTANCE_PARTLY_USED
 */
export function takeBenefit(
  instance: Instance,
  { stockId, exchangeId, now }: { stockId: string; exchangeId: string; now: Date },
): GivenBenefit {
  if (instance.stockId !== stockId) throw refused('INSTANCE_NOT_OF_OFFER', 'The offer takes another benefit.');
  requireNotExpired(instance, now);
  const { customerId, remainingMinor, faceValueMinor } = instance;
  const [from, to] = [account.customer(customerId), account.held(customerId)];
  const taken = step(instance, { name: 'take', move: 'hold', from, to }, { exchangeId, now });
  if (remainingMinor < faceValueMinor) throw refused('INSTANCE_PARTLY_USED', 'The offer takes whole benefits only.');
  return taken;
}

/** Uses the benefit up: its value goes back to its funder, who grants the other side. */
export function useUpBenefit(instance: Instance, exchangeId: string, now: Date): GivenBenefit {
  const { customerId, orgPath } = instance;
  const [from, to] = [account.held(customerId), account.funder(orgPath)];
  const used = step(instance, { name: 'use', move: 'commit', from, to }, { exchangeId, now });
  return { ...used, instance: { ...used.instance, remainingMinor: 0 } };
}

/** Gives the benefit back to its holder. */
export function putBackBenefit(instance: Instance, exchangeId: string, now: Date): GivenBenefit {
  const { customerId } = instance;
  const [from, to] = [account.held(customerId), account.customer(customerId)];
  return step(instance, { name: 'return', move: 'release', from, to }, { exchangeId, now });
}

function step(
  instance: Instance,
  { name, move, from, to }: Step,
  { exchangeId, now }: { exchangeId: string; now: Date },
): GivenBenefit {
  const { instanceId, remainingMinor: amountMinor, currency } = instance;
  const transactionId = `exchange-${exchangeId}-${name}`;
  const about = { transactionId, kind: 'exchange', reference: instanceId, postedAt: now } as const;
  return {
    instance: moveInstance(instance, move),
    ledgerTransactions: amountMinor > 0 ? [moveValue(about, { from, to, amountMinor, currency })] : [],
  };
}
