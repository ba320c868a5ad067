import { localDate } from '../../domain/local-time';
import type { DayPromises, StockRoom } from '../../domain/stock-promise';

/** What `benefits` said of a stock 批次. */
export interface BenefitStock {
  isOpen: boolean;
  /** Units that total and budget leave. */
  leftCount: number;
  /** 0 for none; what was claimed on `day`, a day of the zone, counts towards it. */
  dailyLimit: number;
  timeZone: string;
  day: string;
  claimedOnDayCount: number;
  /** Null without a beginning, or an end, of the claims. */
  claimStartsAt: Date | null;
  claimEndsAt: Date | null;
  /** Stocks that a bundle is made of; whole: each of them is needed. */
  partIds: readonly string[];
  isWhole: boolean;
}

/** A stock that nobody knows, or that there is no more. */
export const GONE: BenefitStock = {
  isOpen: false,
  leftCount: 0,
  dailyLimit: 0,
  timeZone: 'UTC',
  day: '',
  claimedOnDayCount: 0,
  claimStartsAt: null,
  claimEndsAt: null,
  partIds: [],
  isWhole: false,
};

/** Units that a stock itself has to give now: of all that is left, what its day still allows. With the next day that is whole again. */
export function unitsLeft(stock: BenefitStock, now: Date): number {
  const left = leftInAll(stock, now);
  return stock.dailyLimit === 0 ? left : Math.min(left, Math.max(0, stock.dailyLimit - claimedOnDay(stock, now)));
}

function leftInAll({ isOpen, leftCount, claimStartsAt, claimEndsAt }: BenefitStock, now: Date): number {
  const isClosed =
    !isOpen || (claimStartsAt !== null && claimStartsAt > now) || (claimEndsAt !== null && now >= claimEndsAt);
  return isClosed ? 0 : Math.max(0, leftCount);
}

const claimedOnDay = ({ timeZone, day, claimedOnDayCount }: BenefitStock, now: Date): number =>
  day >= localDate(timeZone, now) ? claimedOnDayCount : 0;

/**
 * What may be promised of a stock now.
 * @param promised as it was before the stock was asked about, so that no claim is missing in both
 * @param offeredAt when the claims must be open
 */
export function roomOf(
  stockId: string,
  stock: BenefitStock,
  promised: readonly DayPromises[],
  now: Date,
  offeredAt = now,
): StockRoom {
  const { timeZone, dailyLimit, claimEndsAt } = stock;
  const day = localDate(timeZone, now);
  const ahead = promised.filter((one) => one.day >= day);
  const claimed = ahead.reduce((sum, { claimedCount }) => sum + claimedCount, 0);
  const claimedOfDay = ahead.find((one) => one.day === day)?.claimedCount ?? 0;
  return {
    stockId,
    timeZone,
    day,
    // A unit that was promised and claimed is in both counts.
    promisedMax: leftInAll(stock, offeredAt) + claimed,
    dayMax: dailyLimit === 0 ? null : dailyLimit - claimedOnDay(stock, now) + claimedOfDay,
    laterDayMax: dailyLimit === 0 ? null : dailyLimit,
    lastDay: claimEndsAt === null ? null : localDate(timeZone, new Date(claimEndsAt.getTime() - 1)),
  };
}

const givesItself = (stock: BenefitStock, now: Date): boolean => unitsLeft(stock, now) > 0;

/**
 * Whether a stock has something to give at a time; a bundle, whether its parts have: all of them, or one. One that was not heard of yet may
 * have: a claim is refused anyway when it has not.
 */
export function hasToGive(stocks: ReadonlyMap<string, BenefitStock>, stockId: string, now: Date): boolean {
  const stock = stocks.get(stockId);
  if (stock === undefined) return true;
  if (!givesItself(stock, now)) return false;
  if (stock.partIds.length === 0) return true;
  const gives = (partId: string): boolean => {
    const part = stocks.get(partId);
    return part === undefined || givesItself(part, now);
  };
  return stock.isWhole ? stock.partIds.every(gives) : stock.partIds.some(gives);
}

/** What an offer of a stock takes one unit of each: the stock, and of a whole bundle its parts. */
export function idsBehind(stocks: ReadonlyMap<string, BenefitStock>, stockId: string): string[] {
  const stock = stocks.get(stockId);
  return [...new Set([stockId, ...(stock?.isWhole ? stock.partIds : [])])];
}
