import { DomainError } from '@tidegate/errors';
import { issueInstance, withoutValue, type Instance } from './instance';
import { account, balanced, credit, debit, postShares, type LedgerTransaction } from './ledger';
import { isUsedByClaim, takeOne, type Stock, type StockCounts } from './stock';

export interface ClaimCommand {
  requestId: string;
  /** Derived from customer and request id: a repeat finds it. */
  instanceId: string;
  stockId: string;
  customerId: string;
  decisionId: string;
  /** How many are claimed together, all or none; one when left out. */
  count?: number;
  /** The link it came by 分享. */
  shareLinkId?: string;
  /** What is granted rather than claimed. */
  grant?: Grant;
}

/** What earned a grant, and the request of that. */
export interface Grant {
  cause: string;
  requestId: string;
}

/** Everything a claim may change. */
export interface ClaimState extends StockCounts {
  stock: Stock;
}

export interface Claimed extends StockCounts {
  instance: Instance;
  /** Null for what has no money value of its own. */
  ledgerTransaction: LedgerTransaction | null;
}

/**
 * Claims one instance 领取: one less in the stock, one more in the wallet, the value from the budgets of its
 * cost split to the customer.
 * @throws as takeOne
 */
export function claim(
  { stock, ...counts }: ClaimState,
  command: ClaimCommand & { fromInstanceId?: string },
  now: Date,
): Claimed {
  const taken = takeOne(stock, counts, now);
  const instance = issueInstance(stock, { now, ...command });
  if (isUsedByClaim(stock.kind)) {
    return { ...taken, instance: { ...withoutValue(instance), state: 'redeemed' }, ledgerTransaction: null };
  }
  const { instanceId, faceValueMinor, promised, currency } = instance;
  const ledgerTransaction = balanced({
    transactionId: `claim-${instanceId}`,
    kind: 'claim',
    reference: instanceId,
    postings: [
      ...postShares(debit, promised, { accountOf: account.budget, currency }),
      credit(account.customer(command.customerId), faceValueMinor, currency),
    ],
    postedAt: now,
  });
  return { instance, ledgerTransaction, ...taken };
}

/**
 * Answers a claim whose request id was used before.
 * @throws REQUEST_ID_REUSED when it was for another stock
 */
export function repeatClaim(instance: Instance, command: ClaimCommand): Instance {
  if (instance.stockId === command.stockId) return instance;
  throw requestIdReused(command.requestId);
}

export const requestIdReused = (requestId: string): DomainError =>
  new DomainError({
    code: 'ALREADY_EXISTS',
    reason: 'REQUEST_ID_REUSED',
    message: 'This request id was used with other content.',
    metadata: { requestId },
  });
