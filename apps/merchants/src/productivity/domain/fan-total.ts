import type { RankedUnit } from './productivity';

/** Fans won less lost of one row in each month. */
export interface FanTotal extends RankedUnit {
  /** By ISO month. */
  changes: Readonly<Record<string, number>>;
}

/** Who follows at the end of a month: all who were won less all who were lost up to then, and never fewer than nobody. */
export function fansAt({ changes }: Pick<FanTotal, 'changes'>, month: string): number {
  const past = Object.entries(changes).filter(([each]) => each <= month);
  return Math.max(
    0,
    past.reduce((sum, [, change]) => sum + change, 0),
  );
}
