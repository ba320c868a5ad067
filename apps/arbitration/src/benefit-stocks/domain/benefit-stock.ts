/** What `benefits` said of a stock 批次. */
export interface BenefitStock {
  isOpen: boolean;
  /** Units that total and budget leave. */
  leftCount: number;
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
  claimStartsAt: null,
  claimEndsAt: null,
  partIds: [],
  isWhole: false,
};

const givesItself = ({ isOpen, leftCount, claimStartsAt, claimEndsAt }: BenefitStock, now: Date): boolean =>
  isOpen &&
  leftCount > 0 &&
  (claimStartsAt === null || claimStartsAt <= now) &&
  (claimEndsAt === null || now < claimEndsAt);

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
