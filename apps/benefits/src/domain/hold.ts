import { refused } from '@tidegate/errors';
import { moveInstance, requireNotExpired, type Instance } from './instance';
import type { Stock } from './stock';

export const HOLD_SECONDS = 300;

export type HoldState = 'held' | 'committed' | 'voided' | 'timed_out';

/** A benefit reserved at a till 预占. */
export interface Hold {
  holdId: string;
  instanceId: string;
  stockId: string;
  customerId: string;
  merchantId: string;
  storeId: string;
  clerkId: string;
  /** The sale, minor units of the benefit's currency. */
  orderAmountMinor: number;
  state: HoldState;
  heldAt: Date;
  expiresAt: Date;
}

export interface PointOfSale {
  merchantId: string;
  storeId: string;
  clerkId: string;
  orderAmountMinor: number;
}

/**
 * Reserves an instance for a sale.
 * @throws INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED, MERCHANT_NOT_IN_SCOPE, BELOW_THRESHOLD
 */
export function hold(
  { instance, stock }: { instance: Instance; stock: Stock },
  { holdId, sale, now }: { holdId: string; sale: PointOfSale; now: Date },
): { instance: Instance; hold: Hold } {
  const held = moveInstance(instance, 'hold');
  requireNotExpired(instance, now);
  if (stock.merchantIds.length > 0 && !stock.merchantIds.includes(sale.merchantId)) {
    throw refused('MERCHANT_NOT_IN_SCOPE', 'This benefit cannot be used at this merchant.');
  }
  if (sale.orderAmountMinor < stock.thresholdMinor) {
    throw refused('BELOW_THRESHOLD', 'The sale is below the amount this benefit asks for.', {
      thresholdMinor: String(stock.thresholdMinor),
    });
  }
  const { instanceId, stockId, customerId } = instance;
  return {
    instance: held,
    hold: {
      holdId,
      instanceId,
      stockId,
      customerId,
      ...sale,
      state: 'held',
      heldAt: now,
      expiresAt: new Date(now.getTime() + HOLD_SECONDS * 1000),
    },
  };
}

/**
 * What a hold may still become.
 * @throws HOLD_COMMITTED, HOLD_VOIDED, HOLD_TIMED_OUT
 */
export function requireOpen(current: Hold, now: Date): void {
  if (current.state === 'committed')
    throw refused('HOLD_COMMITTED', 'This hold was committed: the benefit is redeemed.');
  if (current.state === 'voided') throw refused('HOLD_VOIDED', 'This hold was voided.');
  if (current.state === 'timed_out' || now >= current.expiresAt)
    throw refused('HOLD_TIMED_OUT', 'This hold timed out.');
}
