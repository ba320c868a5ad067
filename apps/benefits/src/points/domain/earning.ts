import { endOfMonthAfter } from '../../definitions/domain/calendar-period';
import { putIn, type PointsAccount, type PointsLot } from './points-account';
import { writeEntry, type PointsEntry } from './points-entry';
import { award, matches, type CardTransaction, type PointsAward, type PointsRule } from './points-rule';

/** What tells one transaction from another of the same id. */
export const contentOf = ({ amountMinor, currency, operation, channel, occurredAt }: CardTransaction): string =>
  [amountMinor, currency, operation, channel, occurredAt.getTime()].join('|');

/**
 * Earns points 积分 for a card transaction: every rule that holds gives its own, under its own caps. A transaction that earns
 * nothing makes an entry of zero, so that a repeat is answered the same. What the person's other profiles used of a cap is used.
 */
export function earn(
  { account, others = [] }: { account: PointsAccount; others?: readonly PointsAccount[] },
  transaction: CardTransaction,
  rules: readonly PointsRule[],
  now: Date,
): { account: PointsAccount; entry: PointsEntry } {
  let { counters } = account;
  const ofOthers = others.map((other) => other.counters);
  const awards: PointsAward[] = [];
  const lots: PointsLot[] = [];
  for (const rule of rules) {
    if (!matches(rule, transaction)) continue;
    const given = award(rule, transaction, counters, ofOthers);
    counters = given.counters;
    awards.push(given.award);
    const { points } = given.award;
    const expiresAt = endOfMonthAfter(now, rule.terms.validMonths, rule.terms.timeZone);
    if (points > 0) lots.push({ expiresAt, orgPath: rule.definition.orgPath, points });
  }
  const after = putIn({ ...account, counters }, lots);
  const { transactionId: reference, occurredAt } = transaction;
  const contentHash = contentOf(transaction);
  return {
    account: after,
    entry: writeEntry(after, 'earn', { reference, lots, awards, contentHash, occurredAt }, now),
  };
}
