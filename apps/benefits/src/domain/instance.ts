import { refused } from '@tidegate/errors';
import { promiseOf, type ShareAmount } from './cost-split';
import type { BenefitKind, Stock } from './stock';

/**
 * States of a benefit instance 券. Value is available in `issued`, set aside in `held` (at a till) and `gifting` (on its way),
 * gone in the others: `redeemed`, `transferred` (the taker has an instance of his own), `expired`, `void` (taken back by the
 * bank), `reversed` (a redemption taken back too late to be used again).
 */
export const INSTANCE_STATES = [
  'issued',
  'held',
  'gifting',
  'redeemed',
  'transferred',
  'expired',
  'void',
  'reversed',
] as const;
export type InstanceState = (typeof INSTANCE_STATES)[number];

/** What moves an instance. */
export type InstanceMove =
  | 'hold'
  | 'release'
  | 'commit'
  | 'commit_part'
  | 'redeem'
  | 'offer_gift'
  | 'return_gift'
  | 'accept_gift'
  | 'transfer'
  | 'expire'
  | 'void'
  | 'reverse'
  | 'reverse_late';

/** The one table of allowed moves. */
const MOVES: Record<InstanceMove, { from: InstanceState; to: InstanceState }> = {
  hold: { from: 'issued', to: 'held' },
  release: { from: 'held', to: 'issued' },
  commit: { from: 'held', to: 'redeemed' },
  commit_part: { from: 'held', to: 'issued' },
  redeem: { from: 'issued', to: 'redeemed' },
  offer_gift: { from: 'issued', to: 'gifting' },
  return_gift: { from: 'gifting', to: 'issued' },
  accept_gift: { from: 'gifting', to: 'transferred' },
  transfer: { from: 'issued', to: 'transferred' },
  expire: { from: 'issued', to: 'expired' },
  void: { from: 'issued', to: 'void' },
  reverse: { from: 'redeemed', to: 'issued' },
  reverse_late: { from: 'redeemed', to: 'reversed' },
};

/** One benefit in a wallet. Terms are copied from the stock at claim time, so a till reads one document. */
export interface Instance {
  instanceId: string;
  stockId: string;
  stockName: string;
  kind: BenefitKind;
  customerId: string;
  state: InstanceState;
  faceValueMinor: number;
  /** What is left of the face value; less than it only for stored value that was used in part. */
  remainingMinor: number;
  /** Whose budgets what is left is promised by, as the stock's cost split was; adds up to it. */
  promised: ShareAmount[];
  currency: string;
  isTransferable: boolean;
  orgPath: string;
  claimRequestId: string;
  /** The instance it was given from, or the bundle it came in; empty for one that was claimed by itself. */
  fromInstanceId: string;
  /** When this holder got it. */
  claimedAt: Date;
  /** When it was claimed of its stock, before it was passed on. */
  firstClaimedAt: Date;
  expiresAt: Date;
  /** Only of one that the bank took back. */
  takenBack?: TakenBack;
}

/** Who took a benefit back, and why. */
export interface TakenBack {
  actorId: string;
  reason: string;
}

/**
 * The instance after a move.
 * @throws INSTANCE_NOT_AVAILABLE when the table does not allow it; metadata.state tells where it is
 */
export function moveInstance(instance: Instance, move: InstanceMove): Instance {
  const { from, to } = MOVES[move];
  if (instance.state !== from) {
    throw refused('INSTANCE_NOT_AVAILABLE', 'This benefit cannot be used for that now.', { state: instance.state });
  }
  return { ...instance, state: to };
}

/**
 * What may be spent or given away must not be past its date.
 * @throws INSTANCE_EXPIRED
 */
export function requireNotExpired(instance: Instance, now: Date): void {
  if (now >= instance.expiresAt) throw refused('INSTANCE_EXPIRED', 'This benefit has expired.');
}

/**
 * What a till may redeem: a third party's code is redeemed by its provider alone.
 * @throws NOT_FOR_TILLS
 */
export function requireForTills({ kind }: Instance): void {
  if (kind === 'third_party_code') throw refused('NOT_FOR_TILLS', 'This benefit is used with its own code, elsewhere.');
}

/** The instance with nothing left of its value. */
export const withoutValue = (instance: Instance): Instance => ({ ...instance, remainingMinor: 0, promised: [] });

/** A new instance of a stock. */
export function issueInstance(
  stock: Stock,
  {
    instanceId,
    customerId,
    requestId,
    fromInstanceId = '',
    now,
  }: { instanceId: string; customerId: string; requestId: string; fromInstanceId?: string; now: Date },
): Instance {
  return {
    instanceId,
    stockId: stock.stockId,
    stockName: stock.name,
    kind: stock.kind,
    customerId,
    state: 'issued',
    faceValueMinor: stock.faceValueMinor,
    remainingMinor: stock.faceValueMinor,
    promised: promiseOf(stock.faceValueMinor, stock.costShares),
    currency: stock.currency,
    isTransferable: stock.isTransferable,
    orgPath: stock.orgPath,
    claimRequestId: requestId,
    fromInstanceId,
    claimedAt: now,
    firstClaimedAt: now,
    expiresAt: new Date(now.getTime() + stock.validForSeconds * 1000),
  };
}

/** What the taker of a transfer gets: the same benefit with the same wait and end, as an instance of his own. */
export const passedOn = (
  given: Instance,
  { instanceId, customerId, requestId, now }: { instanceId: string; customerId: string; requestId: string; now: Date },
): Instance => ({
  ...given,
  instanceId,
  customerId,
  state: 'issued',
  claimRequestId: requestId,
  fromInstanceId: given.instanceId,
  claimedAt: now,
});
