import { refused } from '@tidegate/errors';
import { moveInstance, requireNotExpired, withoutValue, type Instance, type InstanceMove } from '../../domain/instance';
import { account, moveValue, returnValue, type LedgerTransaction } from '../../domain/ledger';

/** A given benefit after a step of its exchange; one that is worth nothing in money makes no posting. */
export interface GivenBenefit {
  instance: Instance;
  ledgerTransactions: LedgerTransaction[];
}

/** What a step does: the move, and where its value goes. */
interface Step {
  name: string;
  move: InstanceMove;
  post: (about: Omit<LedgerTransaction, 'postings'>) => LedgerTransaction;
}

/** Names a given benefit within its exchange, for its postings; the first has the exchange's own id. */
export const partIdOf = (exchangeId: string, index: number): string =>
  index === 0 ? exchangeId : `${exchangeId}-${index}`;

/**
 * Takes a benefit that is to be given: its value is set aside until the exchange ends.
 * @throws INSTANCE_NOT_OF_OFFER, INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED, INSTANCE_PARTLY_USED
 */
export function takeBenefit(
  instance: Instance,
  { stockId, partId, now }: { stockId: string; partId: string; now: Date },
): GivenBenefit {
  if (instance.stockId !== stockId) throw refused('INSTANCE_NOT_OF_OFFER', 'The offer takes another benefit.');
  requireNotExpired(instance, now);
  const { customerId, remainingMinor, faceValueMinor } = instance;
  const post = moveAll(instance, account.customer(customerId), account.held(customerId));
  const taken = step(instance, { name: 'take', move: 'hold', post }, { partId, now });
  if (remainingMinor < faceValueMinor) throw refused('INSTANCE_PARTLY_USED', 'The offer takes whole benefits only.');
  return taken;
}

/** Uses the benefit up: its value goes back to the budgets that promised it, and the other side is granted. */
export function useUpBenefit(instance: Instance, partId: string, now: Date): GivenBenefit {
  const { customerId, promised, currency } = instance;
  const post: Step['post'] = (about) =>
    returnValue(about, { from: account.held(customerId), promised, currency, to: 'budget' });
  const used = step(instance, { name: 'use', move: 'commit', post }, { partId, now });
  return { ...used, instance: withoutValue(used.instance) };
}

/** Gives the benefit back to its holder. */
export function putBackBenefit(instance: Instance, partId: string, now: Date): GivenBenefit {
  const { customerId } = instance;
  const post = moveAll(instance, account.held(customerId), account.customer(customerId));
  return step(instance, { name: 'return', move: 'release', post }, { partId, now });
}

const moveAll =
  ({ remainingMinor: amountMinor, currency }: Instance, from: string, to: string): Step['post'] =>
  (about) =>
    moveValue(about, { from, to, amountMinor, currency });

function step(
  instance: Instance,
  { name, move, post }: Step,
  { partId, now }: { partId: string; now: Date },
): GivenBenefit {
  const { instanceId, remainingMinor } = instance;
  const transactionId = `exchange-${partId}-${name}`;
  return {
    instance: moveInstance(instance, move),
    ledgerTransactions:
      remainingMinor > 0 ? [post({ transactionId, kind: 'exchange', reference: instanceId, postedAt: now })] : [],
  };
}
