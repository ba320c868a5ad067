import { type DomainError, refused } from '@tidegate/errors';
import type { ShareTerms } from '../sharing/domain/share-terms';
import { countOne, countOneToday, takenOn, type Count } from './count';

export const BENEFIT_KINDS = [
  /** Cash value 红包, used in any parts. */
  'red_packet',
  /** So much off 满减券. */
  'amount_discount',
  /** A share off 折扣券, at most the face value. */
  'percent_discount',
  /** A thing to pick up 实物礼品; the face value is what the merchant is owed for it. */
  'physical_gift',
  /** Points 积分, credited with the claim; the face value is their number, the currency PTS. */
  'points',
  /** A code of a third party 第三方券码, out of a pool. */
  'third_party_code',
  /** Several benefits in one 组合券包. */
  'bundle',
] as const;
export type BenefitKind = (typeof BENEFIT_KINDS)[number];

/** Kinds of which nothing waits in the wallet: points are credited, and a bundle is opened, with the claim itself. */
export const isUsedByClaim = (kind: BenefitKind): boolean => kind === 'points' || kind === 'bundle';

export const STOCK_STATES = ['open', 'paused', 'closed'] as const;
export type StockState = (typeof STOCK_STATES)[number];

export type Funder = 'bank' | 'merchant' | 'third_party';
export const FUNDERS: readonly Funder[] = ['bank', 'merchant', 'third_party'];

/** A party's part of a redemption's cost; the shares of a stock add up to 10,000 basis points. */
export interface CostShare {
  funder: Funder;
  /** Empty for funder `merchant`: the redeeming merchant. */
  partyId: string;
  basisPoints: number;
}

/**
 * When a benefit may be used. Empty lists and texts, and 0, are no restriction; days and hours are those of the stock's zone. Hours
 * that go past midnight are those of the day they begin on.
 */
export interface RedeemWindow {
  /** ISO weekdays: 1 is Monday. */
  weekdays: number[];
  /** `HH:MM`, from this minute on. */
  from: string;
  /** `HH:MM`, before this minute; before `from` it means the next morning. */
  to: string;
  /** Whole days after the first claim before it may be used, also by whom it was passed on to. */
  afterDays: number;
  /** Local days `YYYY-MM-DD` on which it may not be used, nor in the night that begins on them. */
  blockedDates: string[];
}

export const ALWAYS: RedeemWindow = { weekdays: [], from: '', to: '', afterDays: 0, blockedDates: [] };

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
  /** Over all customer ids of one natural person; 0 for none. */
  naturalPersonLimit: number;
  /** Most that may be promised in all, minor units; 0 for none. */
  budgetMinor: number;
  claimStartsAt: Date;
  claimEndsAt: Date;
  validForSeconds: number;
  isTransferable: boolean;
  /** Empty for all merchants. */
  merchantIds: string[];
  /** Empty for all stores of those merchants. */
  storeIds: string[];
  /** Outlets, or organisations above them, whose stores may redeem it; empty for all. */
  outletPaths: string[];
  redeemWindow: RedeemWindow;
  /** Of percent_discount: the share of the sale. */
  percentBasisPoints: number;
  /** Of third_party_code: where its codes come from. */
  poolId: string;
  /** Of bundle: the stocks it is made of. */
  bundleStockIds: string[];
  /** Of bundle: all of them or nothing; otherwise whatever is left. */
  isBundleWhole: boolean;
  /** Days before an instance expires on which its holder is reminded; empty for the default. */
  reminderLeadDays: number[];
  /** Shards its units are counted in; 0 and 1 for one count. */
  shardCount: number;
  /** Customers may pass on links by which others claim one of their own. */
  isShareable: boolean;
  /** Of what is shareable; the default when there is none. */
  shareTerms: ShareTerms | undefined;
  /** How long a phone makes codes from one seed; 0 for the deployment's own time. */
  codeSeedSeconds: number;
  costShares: CostShare[];
  orgPath: string;
  timeZone: string;
  /** Paused stocks may be opened again; closed ones not. */
  state: StockState;
  createdAt: Date;
}

/**
 * Local calendar day of a zone.
 * @throws RangeError for an unknown zone
 */
export function localDay(at: Date, timeZone: string): string {
  const minute = Math.floor(at.getTime() / 60_000);
  const held = lastDays.get(timeZone);
  if (held?.minute === minute) return held.day;
  const day = dayFormat(timeZone).format(at);
  lastDays.set(timeZone, { minute, day });
  return day;
}

// Since 1972 days begin on a whole minute in every zone; most of what is asked about happened just now.
const lastDays = new Map<string, { minute: number; day: string }>();

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
 * @throws STOCK_CLOSED, STOCK_PAUSED, CLAIM_NOT_STARTED (metadata has both clocks), CLAIM_ENDED
 */
export function requireClaimWindow(stock: Stock, now: Date): void {
  if (stock.state === 'closed') throw refused('STOCK_CLOSED', 'This benefit is closed.');
  if (stock.state === 'paused') throw refused('STOCK_PAUSED', 'This benefit is not given out at the moment.');
  if (now < stock.claimStartsAt) {
    throw refused('CLAIM_NOT_STARTED', 'Claiming has not started yet.', {
      serverTime: now.toISOString(),
      startsAt: stock.claimStartsAt.toISOString(),
    });
  }
  if (now >= stock.claimEndsAt) throw refused('CLAIM_ENDED', 'Claiming has ended.');
}

/** The counts that one taker's instance of a stock goes into. */
export interface TakerCounts {
  customerCount: Count;
  /** What the natural person behind the customer id took under all his ids. */
  personTotal: number;
}

/** Everything that one more instance of a stock counts towards. */
export interface StockCounts extends TakerCounts {
  stockCount: Count;
}

/**
 * Takes one instance out of the stock for one customer.
 * @throws STOCK_SOLD_OUT, BUDGET_EXHAUSTED, DAILY_LIMIT_REACHED, those of countTaker and of requireClaimWindow
 */
export function takeOne(stock: Stock, counts: StockCounts, now: Date): StockCounts {
  const { stockCount } = counts;
  requireClaimWindow(stock, now);
  const taker = countTaker(stock, counts);
  if (stockCount.total >= stock.totalLimit) throw soldOut();
  if (stock.budgetMinor > 0 && (stockCount.total + 1) * stock.faceValueMinor > stock.budgetMinor) {
    throw refused('BUDGET_EXHAUSTED', 'The budget of this benefit is used up.');
  }
  const day = localDay(now, stock.timeZone);
  if (stock.dailyLimit > 0 && takenOn(stockCount, day) >= stock.dailyLimit) throw dailyLimitReached();
  return { ...taker, stockCount: countOneToday(stockCount, day) };
}

/**
 * One more for a taker, by claim or by gift.
 * @throws CUSTOMER_LIMIT_REACHED, PERSON_LIMIT_REACHED
 */
export function countTaker(stock: Stock, { customerCount, personTotal }: TakerCounts): TakerCounts {
  const { perCustomerLimit, naturalPersonLimit } = stock;
  if (perCustomerLimit > 0 && customerCount.total >= perCustomerLimit) throw customerLimitReached();
  if (naturalPersonLimit > 0 && personTotal >= naturalPersonLimit) {
    throw refused('PERSON_LIMIT_REACHED', 'This person has all he may have of it, under all his customer ids.');
  }
  return { customerCount: countOne(customerCount), personTotal: personTotal + 1 };
}

// One of each for all: a flash sale refuses thousands a second, and an error's stack trace costs as much as the rest of a refusal.
const SOLD_OUT = refused('STOCK_SOLD_OUT', 'All of it has been claimed.');
export const soldOut = (): DomainError => SOLD_OUT;

const DAILY_LIMIT_REACHED = refused('DAILY_LIMIT_REACHED', 'All of today’s has been claimed.');
export const dailyLimitReached = (): DomainError => DAILY_LIMIT_REACHED;

export const customerLimitReached = (): DomainError =>
  refused('CUSTOMER_LIMIT_REACHED', 'This customer has all he may have of it.');
