import { localDate } from '../../domain/local-time';

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
  const { isOpen, leftCount, claimStartsAt, claimEndsAt, dailyLimit, timeZone, day, claimedOnDayCount } = stock;
  const isClosed =
    !isOpen || (claimStartsAt !== null && claimStartsAt > now) || (claimEndsAt !== null && now >= claimEndsAt);
  if (isClosed) return 0;
  const left = Math.max(0, leftCount);
  if (dailyLimit === 0) return left;
  const claimedToday = day >= localDate(timeZone, now) ? claimedOnDayCount : 0;
  return Math.min(left, Math.max(0, dailyLimit - claimedToday));
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

/** So many units of a stock are all that one offer after another may promise. */
export interface StockUnits {
  stockId: string;
  units: number;
}

/**
 * What an offer of a stock takes one unit of, each with what it has left: the stock, and of a whole bundle its parts. What was not heard of
 * yet is no limit.
 */
export function unitsBehind(stocks: ReadonlyMap<string, BenefitStock>, stockId: string, now: Date): StockUnits[] {
  const stock = stocks.get(stockId);
  const partIds = stock?.isWhole ? stock.partIds : [];
  return [...new Set([stockId, ...partIds])].flatMap((id) => {
    const each = stocks.get(id);
    return each === undefined ? [] : [{ stockId: id, units: unitsLeft(each, now) }];
  });
}
