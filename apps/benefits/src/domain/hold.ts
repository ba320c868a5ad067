import { refused } from '@tidegate/errors';
import { moveInstance, requireNotExpired, type Instance } from './instance';
import { account, moveValue, type LedgerTransaction } from './ledger';
import { requireOneCurrency, saleAmount, type PointOfSale } from './sale';
import type { Stock } from './stock';

export const HOLD_SECONDS = 300;

export type HoldState = 'held' | 'committed' | 'voided' | 'timed_out';

/** One benefit of a sale. */
export interface HoldItem {
  instanceId: string;
  stockId: string;
  customerId: string;
  /** What the sale takes of it, minor units. */
  amountMinor: number;
  /** What is set aside: more than the amount when what is not used goes back to the funder. */
  heldMinor: number;
}

/** The benefits of one sale, reserved at a till 预占: all of them or none. */
export interface Hold extends PointOfSale {
  holdId: string;
  items: HoldItem[];
  state: HoldState;
  heldAt: Date;
  expiresAt: Date;
  /** Of a committed one; not there in those of before it was kept. */
  redemptionIds?: string[];
}

/** A benefit that a sale wants to use. */
export interface WantedItem {
  instance: Instance;
  stock: Stock;
  /** 0 for as much as the sale can take. */
  amountMinor: number;
}

/**
 * Reserves instances for a sale.
 * @throws SALE_CURRENCY_MISMATCH, INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED and those of saleAmount
 */
export function hold(
  wanted: WantedItem[],
  { holdId, sale, now }: { holdId: string; sale: PointOfSale; now: Date },
): { instances: Instance[]; hold: Hold; ledgerTransactions: LedgerTransaction[] } {
  const { instances, items } = takeItems(wanted, { sale, now, move: 'hold' });
  return {
    instances,
    hold: {
      holdId,
      items,
      state: 'held',
      heldAt: now,
      expiresAt: new Date(now.getTime() + HOLD_SECONDS * 1000),
      ...sale,
    },
    ledgerTransactions: items.map((item, index) =>
      moveValue(
        { transactionId: `hold-${holdId}-${item.instanceId}`, kind: 'hold', reference: holdId, postedAt: now },
        {
          from: account.customer(item.customerId),
          to: account.held(item.customerId),
          amountMinor: item.heldMinor,
          currency: instances[index]?.currency ?? '',
        },
      ),
    ),
  };
}

/** Gives a hold's benefits back to their holders. */
export function release(
  current: Hold,
  instances: Instance[],
  { state, now }: { state: 'voided' | 'timed_out'; now: Date },
): { instances: Instance[]; hold: Hold; ledgerTransactions: LedgerTransaction[] } {
  return {
    instances: instances.map((instance) => moveInstance(instance, 'release')),
    hold: { ...current, state },
    ledgerTransactions: current.items.map(({ instanceId, customerId, heldMinor }, index) =>
      moveValue(
        {
          transactionId: `release-${current.holdId}-${instanceId}`,
          kind: 'release',
          reference: current.holdId,
          postedAt: now,
        },
        {
          from: account.held(customerId),
          to: account.customer(customerId),
          amountMinor: heldMinor,
          currency: instances[index]?.currency ?? '',
        },
      ),
    ),
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

/** The items of a sale in the order asked for; together they never take more than the sale. */
export function takeItems(
  wanted: WantedItem[],
  { sale, now, move }: { sale: PointOfSale; now: Date; move: 'hold' | 'redeem' },
): { instances: Instance[]; items: HoldItem[] } {
  const instances: Instance[] = [];
  const items: HoldItem[] = [];
  const paying: Instance[] = [];
  let openMinor = sale.orderAmountMinor;
  for (const { instance, stock, amountMinor: asked } of wanted) {
    const moved = moveInstance(instance, move);
    requireNotExpired(instance, now);
    const taken = saleAmount({ instance, stock, askedMinor: asked }, { sale, openMinor, now });
    const { amountMinor, heldMinor } = taken;
    if (taken.isPaidBySale) {
      openMinor -= amountMinor;
      paying.push(instance);
    }
    instances.push(moved);
    const { instanceId, stockId, customerId } = instance;
    items.push({ instanceId, stockId, customerId, amountMinor, heldMinor });
  }
  requireOneCurrency(paying);
  return { instances, items };
}
