import { type DomainError, refused } from '@tidegate/errors';
import { countOne, countOneToday, takenOn, type Count } from './count';

export type BenefitKind = 'red_packet' | 'amount_discount';
export const BENEFIT_KINDS: readonly BenefitKind[] = ['red_packet', 'amount_discount'];

export type Funder = 'bank' | 'merchant' | 'third_party';
export const FUNDERS: readonly Funder[] = ['bank', 'merchant', 'third_party'];

/** A party's part of a redemption's cost; the shares of a stock add up to 10,000 basis points. */
export interface CostShare {
  funder: Funder;
  /** Empty for funder `merchant`: the redeeming merchant. */
  partyId: string;
  basisPoints: number;
}

/** A stock 批次 as it was set up. Counts are kept apart (`Count`), because they change with every claim. */
export interface Stock {
  stockId: string;
  name: string;
  kind: BenefitKind;
  faceValueMinor: number;
  currency: string;
  /** Smallest sale it may be used on; 0 for none. */
  thresholdMinor: number;
  totalLimit: number;
  /** Per calendar day of `timeZone`; 0 for none. */
  dailyLimit: number;
  /** 0 for none. */
  perCustomerLimit: number;
  claimStartsAt: Date;
  claimEndsAt: Date;
  validForSeconds: number;
  isTransferable: boolean;
  /** Empty for all merchants. */
  merchantIds: string[];
  costShares: CostShare[];
  orgPath: string;
  timeZone: string;
  state: 'open' | 'closed';
  createdAt: Date;
}

/**
 * Local calendar day of a zone.
 * @throws RangeError for an unknown zone
 */
export const localDay = (at: Date, timeZone: string): string => dayFormat(timeZone).format(at);

const formats = new Map<string, Intl.DateTimeFormat>();
function dayFormat(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format;
}

/**
 * Whether the stock may be claimed at all now.
 * @throws STOCK_CLOSED, CLAIM_NOT_STARTED (metadata has both clocks), CLAIM_ENDED
 */
export function requireClaimWindow(stock: Stock, now: Date): void {
  if (stock.state !== 'open') throw refused('STOCK_CLOSED', 'This benefit is closed.');
  if (now < stock.claimStartsAt) {
    throw refused('CLAIM_NOT_STARTED', 'Claiming has not started yet.', {
      serverTime: now.toISOString(),
      startsAt: stock.claimStartsAt.toISOString(),
    });
  }
  if (now >= stock.claimEndsAt) throw refused('CLAIM_ENDED', 'Claiming has ended.');
}

/**
 * Takes one instance out of the stock for one customer.
 * @throws STOCK_SOLD_OUT, DAILY_LIMIT_REACHED, CUSTOMER_LIMIT_REACHED and those of requireClaimWindow
 */
export function takeOne(
  stock: Stock,
  { stockCount, customerCount }: { stockCount: Count; customerCount: Count },
  now: Date,
): { stockCount: Count; customerCount: Count } {
  requireClaimWindow(stock, now);
  if (stock.perCustomerLimit > 0 && customerCount.total >= stock.perCustomerLimit) throw customerLimitReached();
  if (stockCount.total >= stock.totalLimit) throw soldOut();
  const day = localDay(now, stock.timeZone);
  if (stock.dailyLimit > 0 && takenOn(stockCount, day) >= stock.dailyLimit) throw dailyLimitReached();
  return { stockCount: countOneToday(stockCount, day), customerCount: countOne(customerCount) };
}

export const soldOut = (): DomainError => refused('STOCK_SOLD_OUT', 'All of it has been claimed.');

export const dailyLimitReached = (): DomainError => refused('DAILY_LIMIT_REACHED', 'All of today’s has been claimed.');

export const customerLimitReached = (): DomainError =>
  refused('CUSTOMER_LIMIT_REACHED', 'This customer has all he may have of it.');
