import { DomainError } from '@tidegate/errors';
import type { Count } from './count';
import { issueInstance, type Instance } from './instance';
import { account, moveValue, type LedgerTransaction } from './ledger';
import { takeOne, type Stock } from './stock';

export interface ClaimCommand {
  requestId: string;
  /** Derived from customer and request id: a repeat finds it. */
  instanceId: string;
  stockId: string;
  customerId: string;
  decisionId: string;
}

/** Everything a claim may change. */
export interface ClaimState {
  stock: Stock;
  stockCount: Count;
  customerCount: Count;
}

export interface Claimed {
  instance: Instance;
  stockCount: Count;
  customerCount: Count;
  ledgerTransaction: LedgerTransaction;
}

/**
 * Claims one instance 领取: one less in the stock, one more in the wallet, the value from the funder to the customer.
 * @throws as takeOne
 */
export function claim(state: ClaimState, command: ClaimCommand, now: Date): Claimed {
  const taken = takeOne(state.stock, state, now);
  const instance = issueInstance(state.stock, { ...command, now });
  const { faceValueMinor, currency, orgPath } = instance;
  const ledgerTransaction = moveValue(
    { transactionId: `claim-${instance.instanceId}`, kind: 'claim', reference: instance.instanceId, postedAt: now },
    { from: account.funder(orgPath), to: account.customer(command.customerId), amountMinor: faceValueMinor, currency },
  );
  return { instance, ...taken, ledgerTransaction };
}

/**
 * Answers a claim whose request id was used before.
 * @throws REQUEST_ID_REUSED when it was for another stock
 */
export function repeatClaim(instance: Instance, command: ClaimCommand): Instance {
  if (instance.stockId === command.stockId) return instance;
  throw new DomainError({
    code: 'ALREADY_EXISTS',
    reason: 'REQUEST_ID_REUSED',
    message: 'This request id was used with other content.',
    metadata: { requestId: command.requestId },
  });
}
