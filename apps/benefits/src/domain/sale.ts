import { refused } from '@tidegate/errors';
import type { Instance } from './instance';
import type { Stock } from './stock';

/** Where and over what a benefit is used. */
export interface PointOfSale {
  merchantId: string;
  storeId: string;
  clerkId: string;
  /** The sale, minor units of the benefit's currency. */
  orderAmountMinor: number;
}

/**
 * What a sale takes of a benefit. A red packet is stored value: any part of what is left, and never more than the sale has
 * open. Everything else is used whole.
 * @throws MERCHANT_NOT_IN_SCOPE, BELOW_THRESHOLD, AMOUNT_NOT_AVAILABLE, SALE_OVERDRAWN
 */
export function saleAmount(
  { instance, stock, askedMinor }: { instance: Instance; stock: Stock; askedMinor: number },
  { sale, openMinor }: { sale: PointOfSale; openMinor: number; now: Date },
): { amountMinor: number; heldMinor: number } {
  requireScope(stock, sale);
  if (sale.orderAmountMinor < stock.thresholdMinor) {
    throw refused('BELOW_THRESHOLD', 'The sale is below the amount this benefit asks for.', {
      thresholdMinor: String(stock.thresholdMinor),
    });
  }
  if (instance.kind === 'red_packet') return storedAmount(instance.remainingMinor, askedMinor, openMinor);
  if (askedMinor > 0 && askedMinor !== instance.remainingMinor) throw notAvailable(instance.remainingMinor);
  const amountMinor = Math.min(instance.remainingMinor, openMinor);
  if (amountMinor <= 0) throw overdrawn(openMinor);
  return { amountMinor, heldMinor: instance.remainingMinor };
}

function storedAmount(
  remainingMinor: number,
  askedMinor: number,
  openMinor: number,
): { amountMinor: number; heldMinor: number } {
  const amountMinor = askedMinor > 0 ? askedMinor : Math.min(remainingMinor, openMinor);
  if (amountMinor > remainingMinor) throw notAvailable(remainingMinor);
  if (amountMinor > openMinor || amountMinor <= 0) throw overdrawn(openMinor);
  return { amountMinor, heldMinor: amountMinor };
}

function requireScope(stock: Stock, sale: PointOfSale): void {
  if (stock.merchantIds.length > 0 && !stock.merchantIds.includes(sale.merchantId)) {
    throw refused('MERCHANT_NOT_IN_SCOPE', 'This benefit cannot be used at this merchant.');
  }
}

const notAvailable = (remainingMinor: number) =>
  refused('AMOUNT_NOT_AVAILABLE', 'This benefit does not have that amount.', {
    remainingMinor: String(remainingMinor),
  });

const overdrawn = (openMinor: number) =>
  refused('SALE_OVERDRAWN', 'The benefits would pay more than the sale.', { openMinor: String(openMinor) });
