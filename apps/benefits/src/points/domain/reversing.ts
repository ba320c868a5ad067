import { takeBack, type PointsAccount } from './points-account';
import { writeEntry, type PointsEntry } from './points-entry';
import { freeCaps } from './points-rule';

/** A transaction whose points are taken back, and who does it why. */
export interface PointsReversal {
  transactionId: string;
  customerId: string;
  reason: string;
  actorId: string;
}

/**
 * Takes back 积分撤回 what a transaction earned, as far as there is something to take: what is spent or has expired is told as short. What is
 * taken, and no more, is free again in the caps of the rules that gave it.
 * @param zones time zones of the rules
 */
export function reverse(
  before: PointsAccount,
  earned: PointsEntry,
  { reason, actorId }: Pick<PointsReversal, 'reason' | 'actorId'>,
  zones: ReadonlyMap<string, string>,
  now: Date,
): { account: PointsAccount; entry: PointsEntry } {
  const { account, taken: lots, takenOf } = takeBack(before, earned.lots, now);
  // Each award that gave something made one lot, in this order.
  const given = earned.awards.filter(({ points }) => points > 0);
  const counters = given.reduce((used, { ruleId }, index) => {
    const timeZone = zones.get(ruleId);
    return timeZone ? freeCaps(used, { ruleId, timeZone }, earned.occurredAt, takenOf[index] ?? 0) : used;
  }, account.counters);
  const after = { ...account, counters };
  const shortPoints = earned.points - takenOf.reduce((sum, points) => sum + points, 0);
  const { reference } = earned;
  const takenBack = { shortPoints, reason, actorId };
  return { account: after, entry: writeEntry(after, 'reverse', { reference, lots, occurredAt: now, takenBack }, now) };
}
