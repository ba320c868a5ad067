import { refused } from '@tidegate/errors';
import type { PeriodCounter } from '../../definitions/domain/period-counters';

/** Points of one organisation that expire together. */
export interface PointsLot {
  expiresAt: Date;
  /** Whose promise they are. */
  orgPath: string;
  points: number;
}

/** One customer's points 积分账户: lots, the soonest to expire first, and what is used of the rules' caps. */
export interface PointsAccount {
  customerId: string;
  lots: PointsLot[];
  counters: PeriodCounter[];
}

export const emptyAccount = (customerId: string): PointsAccount => ({ customerId, lots: [], counters: [] });

/** What can be spent at a time: lots that have expired do not count, swept or not. */
export const balanceAt = ({ lots }: PointsAccount, now: Date): number =>
  lots.reduce((sum, { expiresAt, points }) => (expiresAt > now ? sum + points : sum), 0);

/** When the next lot expires; null when there is none. */
export const nextExpiry = ({ lots }: PointsAccount): Date | null => lots[0]?.expiresAt ?? null;

const isSame = (a: PointsLot, b: PointsLot): boolean =>
  a.orgPath === b.orgPath && a.expiresAt.getTime() === b.expiresAt.getTime();

/** Puts lots in; those that expire together become one. */
export function putIn(account: PointsAccount, lots: readonly PointsLot[]): PointsAccount {
  const held = [...account.lots];
  for (const lot of lots) {
    if (lot.points === 0) continue;
    const index = held.findIndex((each) => isSame(each, lot));
    const found = held[index];
    if (found) held[index] = { ...found, points: found.points + lot.points };
    else held.push(lot);
  }
  held.sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime() || (a.orgPath < b.orgPath ? -1 : 1));
  return { ...account, lots: held };
}

/**
 * Takes points out, first those that expire first (FIFO), never expired ones.
 * @throws POINTS_INSUFFICIENT
 */
export function takeOut(
  account: PointsAccount,
  points: number,
  now: Date,
): { account: PointsAccount; taken: PointsLot[] } {
  const balance = balanceAt(account, now);
  if (balance < points) {
    throw refused('POINTS_INSUFFICIENT', 'There are not enough points.', { points: String(balance) });
  }
  let left = points;
  const taken: PointsLot[] = [];
  const kept: PointsLot[] = [];
  for (const lot of account.lots) {
    const part = lot.expiresAt > now ? Math.min(lot.points, left) : 0;
    left -= part;
    if (part > 0) taken.push({ ...lot, points: part });
    if (lot.points > part) kept.push({ ...lot, points: lot.points - part });
  }
  return { account: { ...account, lots: kept }, taken };
}

/**
 * Takes back what lots put in: of the same lots first, then of the others, first in first out. What has expired is gone, and never is more
 * taken than there is. `takenOf` is how much was taken for each of them.
 */
export function takeBack(
  account: PointsAccount,
  lots: readonly PointsLot[],
  now: Date,
): { account: PointsAccount; taken: PointsLot[]; takenOf: number[] } {
  const left = account.lots.map((lot) => ({ ...lot }));
  const takenOf = lots.map(() => 0);
  const drain = (isFrom: (held: PointsLot, lot: PointsLot) => boolean): void =>
    lots.forEach((lot, index) => {
      if (lot.expiresAt <= now) return;
      for (const held of left) {
        if (held.expiresAt <= now || !isFrom(held, lot)) continue;
        const part = Math.min(held.points, lot.points - (takenOf[index] ?? 0));
        held.points -= part;
        takenOf[index] = (takenOf[index] ?? 0) + part;
      }
    });
  drain(isSame);
  drain(() => true);
  const taken = account.lots.map((lot, index) => ({ ...lot, points: lot.points - (left[index]?.points ?? 0) }));
  const isThere = ({ points }: PointsLot): boolean => points > 0;
  return { account: { ...account, lots: left.filter(isThere) }, taken: taken.filter(isThere), takenOf };
}

/** Takes out what has expired. */
export function expireLots(account: PointsAccount, now: Date): { account: PointsAccount; taken: PointsLot[] } {
  const isOver = ({ expiresAt }: PointsLot): boolean => expiresAt <= now;
  return {
    account: { ...account, lots: account.lots.filter((lot) => !isOver(lot)) },
    taken: account.lots.filter(isOver),
  };
}
