/** How much was taken under one limit: of a stock, or of a stock by one customer. */
export interface Count {
  total: number;
  /** Local day `YYYY-MM-DD` that `dayTotal` belongs to; empty where no day is counted. */
  day: string;
  dayTotal: number;
}

export const NOTHING_TAKEN: Count = { total: 0, day: '', dayTotal: 0 };

/** One more in all. */
export const countOne = (count: Count): Count => ({ ...count, total: count.total + 1 });

/** One more in all and today. Days only go forward: who is behind midnight counts to the day that has begun elsewhere. */
export const countOneToday = (count: Count, day: string): Count => ({
  total: count.total + 1,
  day: count.day > day ? count.day : day,
  dayTotal: takenOn(count, day) + 1,
});

/** What counts against a day: what was taken on it, or on the later one that a replica whose clock is ahead has begun. */
export const takenOn = (count: Count, day: string): number => (count.day >= day ? count.dayTotal : 0);

/** One less in all; what was taken on a day stays taken, so that a day's limit cannot be used twice. */
export const giveBackOne = (count: Count): Count => ({ ...count, total: Math.max(0, count.total - 1) });

/** One less, below zero too: of a shard, which may have more than its part. */
export const lessOne = (count: Count): Count => ({ ...count, total: count.total - 1 });
