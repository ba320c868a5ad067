/** Numbers of the story; how large each part is. */
export const BANK_TIME_ZONE = 'Asia/Shanghai';

/** Lines of the bank's file that come as one name list: a working week. */
export const WINDOW_SIZE = 2_500;
/** Part of a window that the seats can call. */
export const SEAT_SHARE = 0.2;
/** Part of the calls that goes to customers drawn from those the ranking leaves out. */
export const EXPLORATION_BASIS_POINTS = 1_000;
export const HOLDOUT_BASIS_POINTS = 100;

export const BRANCH_UNITS_PER_DAY = 40;

export const HISTORY_BATCH = 1_000;
export const EVENT_BATCH = 50;
export const EVENTS_PER_SECOND = 500;

export const FLASH_SALE = {
  stock: 500,
  callers: 3_200,
  earlyCallers: 200,
  greedyCallers: 20,
  repeats: 150,
  concurrency: 96,
  faceValueMinor: 1_000,
  /** From the creation of the stock to its first second. */
  startsInMs: 6_000,
} as const;

export const GIFTS = { offered: 24, takenBack: 2 } as const;
export const REDEMPTIONS = { count: 150, heldEvery: 5, atOnce: 16 } as const;
