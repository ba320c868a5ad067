import { refused } from '@tidegate/errors';
import { isAtOrBelow } from '@tidegate/org-path';
import { requireForTills, type Instance } from './instance';
import { requireRedeemWindow } from './redeem-window';
import type { Stock } from './stock';

const BASIS_POINTS_WHOLE = 10_000;

/** Where and over what a benefit is used. */
export interface PointOfSale {
  merchantId: string;
  storeId: string;
  clerkId: string;
  /** The outlet that the store belongs to; empty when it is not known. */
  outletPath: string;
  /** The sale, minor units of the benefit's currency. */
  orderAmountMinor: number;
}

/** What a sale takes of a benefit. */
export interface SaleAmount {
  amountMinor: number;
  /** What is taken out of the wallet: more than the amount when the rest goes back to the funder. */
  heldMinor: number;
  /** Whether the amount pays for the sale; a gift is handed over beside it. */
  isPaidBySale: boolean;
}

/**
 * What a sale is paid with adds up, and a till says its amount in one currency.
 * @throws SALE_CURRENCY_MISMATCH
 */
export function requireOneCurrency(instances: readonly Pick<Instance, 'currency'>[]): void {
  const currencies = new Set(instances.map(({ currency }) => currency));
  if (currencies.size <= 1) return;
  throw refused('SALE_CURRENCY_MISMATCH', 'The benefits of a sale are of one currency.', {
    currencies: [...currencies].join(','),
  });
}

/**
 * What a sale takes of a benefit. A red packet is stored value: any part of what is left, and never more than the sale has
 * open. Everything else is used whole.
 * @throws NOT_FOR_TILLS, MERCHANT_NOT_IN_SCOPE, STORE_NOT_IN_SCOPE, OUTLET_NOT_IN_SCOPE, REDEEM_NOT_YET, REDEEM_WINDOW_CLOSED,
 * BELOW_THRESHOLD, AMOUNT_NOT_AVAILABLE, SALE_OVERDRAWN
 */
export function saleAmount(
  { instance, stock, askedMinor }: { instance: Instance; stock: Stock; askedMinor: number },
  { sale, openMinor, now }: { sale: PointOfSale; openMinor: number; now: Date },
): SaleAmount {
  requireForTills(instance);
  requireScope(stock, sale);
  requireRedeemWindow(stock, instance, now);
  if (sale.orderAmountMinor < stock.thresholdMinor) {
    throw refused('BELOW_THRESHOLD', 'The sale is below the amount this benefit asks for.', {
      thresholdMinor: String(stock.thresholdMinor),
    });
  }
  if (instance.kind === 'red_packet') return storedAmount(instance.remainingMinor, askedMinor, openMinor);
  if (askedMinor > 0 && askedMinor !== instance.remainingMinor) throw notAvailable(instance.remainingMinor);
  // A thing that is handed over costs what it costs, whatever else is in the sale.
  if (instance.kind === 'physical_gift') {
    return { amountMinor: instance.remainingMinor, heldMinor: instance.remainingMinor, isPaidBySale: false };
  }
  const amountMinor = Math.min(instance.remainingMinor, openMinor, percentOf(stock, sale.orderAmountMinor));
  if (amountMinor <= 0) throw overdrawn(openMinor);
  return { amountMinor, heldMinor: instance.remainingMinor, isPaidBySale: true };
}

function storedAmount(remainingMinor: number, askedMinor: number, openMinor: number): SaleAmount {
  const amountMinor = askedMinor > 0 ? askedMinor : Math.min(remainingMinor, openMinor);
  if (amountMinor > remainingMinor) throw notAvailable(remainingMinor);
  if (amountMinor > openMinor || amountMinor <= 0) throw overdrawn(openMinor);
  return { amountMinor, heldMinor: amountMinor, isPaidBySale: true };
}

function requireScope(stock: Stock, sale: PointOfSale): void {
  if (stock.merchantIds.length > 0 && !stock.merchantIds.includes(sale.merchantId)) {
    throw refused('MERCHANT_NOT_IN_SCOPE', 'This benefit cannot be used at this merchant.');
  }
  if (stock.storeIds.length > 0 && !stock.storeIds.includes(sale.storeId)) {
    throw refused('STORE_NOT_IN_SCOPE', 'This benefit cannot be used at this store.');
  }
  if (stock.outletPaths.length > 0 && !stock.outletPaths.some((path) => isAtOrBelow(sale.outletPath, path))) {
    throw refused('OUTLET_NOT_IN_SCOPE', 'This benefit cannot be used at stores of this outlet.');
  }
}

const notAvailable = (remainingMinor: number) =>
  refused('AMOUNT_NOT_AVAILABLE', 'This benefit does not have that amount.', {
    remainingMinor: String(remainingMinor),
  });

const overdrawn = (openMinor: number) =>
  refused('SALE_OVERDRAWN', 'The benefits would pay more than the sale.', { openMinor: String(openMinor) });

/** The share of a sale that a percentage discount takes off, rounded down; no bound for other kinds. */
const percentOf = ({ kind, percentBasisPoints }: Stock, orderAmountMinor: number): number =>
  kind === 'percent_discount'
    ? Math.floor((orderAmountMinor * percentBasisPoints) / BASIS_POINTS_WHOLE)
    : Number.POSITIVE_INFINITY;
