const PASSING_REASONS: readonly string[] = [
  'STOCK_PAUSED',
  'CLAIM_NOT_STARTED',
  'DAILY_LIMIT_REACHED',
  'CODE_POOL_EMPTY',
];

/** Whether a stock refuses only for the time being: the bank or time ends it, as it opens, a new day begins, or codes are filled up. */
export const isPassingRefusal = (reason: string): boolean => PASSING_REASONS.includes(reason);
