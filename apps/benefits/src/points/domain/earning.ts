import { DomainError } from '@tidegate/errors';
import { endOfMonthAfter } from '../../definitions/domain/calendar-period';
import type { Persons } from '../../domain/person';
import { emptyAccount, putIn, type PointsAccount, type PointsLot } from './points-account';
import { entryIdOf, writeEntry, type PointsEntry } from './points-entry';
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

export interface Earned {
  entry: PointsEntry;
  isRepeat: boolean;
}

/** What a batch of card transactions came to. */
export interface EarnedBatch {
  /** At each transaction's index; the error is TRANSACTION_ID_REUSED. */
  answers: ({ value: Earned } | { error: DomainError })[];
  /** Those that earned something, as they are after it. */
  accounts: PointsAccount[];
  /** Those that are no repeats. */
  entries: PointsEntry[];
}

/** The entry that a transaction makes. */
export const earnEntryId = ({ customerId, transactionId }: CardTransaction): string =>
  entryIdOf('earn', customerId, transactionId);

/** Earns for card transactions one after another: each sees what those before it earned, and used of the caps that a person's profiles share. */
export function earnAll(
  transactions: readonly CardTransaction[],
  {
    accounts: found,
    made,
    persons,
    rules,
    now,
  }: {
    /** Of the customers, and of their persons' other profiles; who is not among them never had points. */
    accounts: ReadonlyMap<string, PointsAccount>;
    /** Entries of repeats, by id. */
    made: ReadonlyMap<string, PointsEntry>;
    persons: Persons;
    rules: readonly PointsRule[];
    now: Date;
  },
): EarnedBatch {
  const accounts = new Map(found);
  const entries = new Map<string, PointsEntry>();
  const changed = new Set<string>();
  const answers = transactions.map((transaction): EarnedBatch['answers'][number] => {
    const entryId = earnEntryId(transaction);
    const earlier = made.get(entryId) ?? entries.get(entryId);
    if (earlier) return repeat(earlier, transaction);
    const { customerId } = transaction;
    const before = accounts.get(customerId) ?? emptyAccount(customerId);
    const others = persons.othersOf(customerId).flatMap((other) => accounts.get(other) ?? []);
    const { account, entry } = earn({ account: before, others }, transaction, rules, now);
    entries.set(entryId, entry);
    accounts.set(customerId, account);
    // A transaction that earns nothing leaves the account as it is, and its write to others.
    if (entry.points > 0) changed.add(customerId);
    return { value: { entry, isRepeat: false } };
  });
  return {
    answers,
    accounts: [...changed].flatMap((customerId) => accounts.get(customerId) ?? []),
    entries: [...entries.values()],
  };
}

function repeat(entry: PointsEntry, transaction: CardTransaction): EarnedBatch['answers'][number] {
  if (entry.contentHash === contentOf(transaction)) return { value: { entry, isRepeat: true } };
  return {
    error: new DomainError({
      code: 'ALREADY_EXISTS',
      reason: 'TRANSACTION_ID_REUSED',
      message: 'This transaction id was told with other content.',
    }),
  };
}
