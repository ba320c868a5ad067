import { refused } from '@tidegate/errors';
import type { BenefitKind, Stock } from './stock';

/** States of a benefit instance 券. */
export const INSTANCE_STATES = ['issued', 'held', 'gifting', 'redeemed', 'expired'] as const;
export type InstanceState = (typeof INSTANCE_STATES)[number];

/** What moves an instance. */
export type InstanceMove = 'hold' | 'commit' | 'void' | 'offer_gift' | 'return_gift' | 'accept_gift' | 'expire';

/** The one table of allowed moves. */
const MOVES: Record<InstanceMove, { from: InstanceState; to: InstanceState }> = {
  hold: { from: 'issued', to: 'held' },
  commit: { from: 'held', to: 'redeemed' },
  void: { from: 'held', to: 'issued' },
  offer_gift: { from: 'issued', to: 'gifting' },
  return_gift: { from: 'gifting', to: 'issued' },
  accept_gift: { from: 'gifting', to: 'issued' },
  expire: { from: 'issued', to: 'expired' },
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
  currency: string;
  isTransferable: boolean;
  orgPath: string;
  claimRequestId: string;
  claimedAt: Date;
  expiresAt: Date;
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

/** A new instance of a stock. */
export function issueInstance(
  stock: Stock,
  { instanceId, customerId, requestId, now }: { instanceId: string; customerId: string; requestId: string; now: Date },
): Instance {
  return {
    instanceId,
    stockId: stock.stockId,
    stockName: stock.name,
    kind: stock.kind,
    customerId,
    state: 'issued',
    faceValueMinor: stock.faceValueMinor,
    currency: stock.currency,
    isTransferable: stock.isTransferable,
    orgPath: stock.orgPath,
    claimRequestId: requestId,
    claimedAt: now,
    expiresAt: new Date(now.getTime() + stock.validForSeconds * 1000),
  };
}
